import { html } from './dom.js'
import { count } from './format.js'
import { kinds, nameOf, vendorSchemas } from './kinds.js'
import { assetLink, button, chip, empty, field, loading, select } from './parts.js'

/** The kinds of which a vendor makes devices. */
const kindsOf = (vendors, vendor) => Object.keys(kinds).filter(kind => vendors[kind]?.includes(vendor))

export function vendorsOf (schemas) {
  return Object.fromEntries(Object.entries(vendorSchemas).map(([kind, name]) => [kind, schemas[name]?.enum ?? []]))
}

/** Virtual accounts: whoever signs in to one through Link UI connects its devices. */
export function accountsView (state) {
  const { accounts, devices } = state
  return html`<h1 tabindex="-1">Virtual accounts</h1>
  <p class="soft">Sign in to Link UI with the user name and password of an account, and its devices are connected.</p>
  ${accounts === undefined ? loading : accounts.length === 0 ? empty('No accounts yet', 'Make one below.') : html`<ul class="cards wide">${accounts.map(account => accountCard(state, account, devices))}</ul>`}
  <section class="card"><h2>New account</h2>${state.vendors === undefined ? loading : newAccount(state)}</section>`
}

function accountCard ({ vendors }, account, devices) {
  const { id, vendor, username, password, isValid, userIds } = account
  const own = account.devices.map(each => devices.find(device => device.id === each.id)).filter(Boolean)
  const can = vendors === undefined ? [] : kindsOf(vendors, vendor)
  const about = `${vendor} ${username}`
  return html`<li class="card account" data-key="${id}"><div class="row"><h2>${vendor}</h2>${isValid ? chip(userIds.length === 0 ? 'Waits for Link UI' : 'Linked', userIds.length === 0 ? 'off' : 'live') : chip('Credentials refused', 'bad')}</div>
    <dl class="facts"><div><dt>User name</dt><dd><code>${username}</code></dd></div><div><dt>Password</dt><dd><code>${password}</code></dd></div><div><dt>${count(userIds.length, 'user')}</dt><dd>${userIds.join(', ') || '–'}</dd></div></dl>
    <ul class="tags" aria-label="Devices">${own.map(device => html`<li>${assetLink(device)}</li>`)}</ul>
    <div class="acts">
      ${isValid && button('Invalidate', 'invalidate', { id, vendor }, { about })}
      ${can.length > 0 && html`<details class="menu"><summary>Add device<span class="sr"> to ${about}</span></summary><form class="stack" data-form="addDevice"><input type="hidden" name="accountId" value="${id}">
        ${field('Kind', select('type', can.map(kind => [kind, kinds[kind]])))}${field('Model', html`<input name="model" autocomplete="off">`, 'Left empty, one of the vendor\'s.')}<button class="primary">Add it</button></form></details>`}
      ${button('Delete', 'deleteAccount', { id, vendor, devices: own.map(nameOf) }, { about, look: 'danger quiet' })}
    </div></li>`
}

function newAccount ({ vendors, wish }) {
  const all = [...new Set(Object.values(vendors).flat())].toSorted((a, b) => a.localeCompare(b))
  const vendor = wish.vendor ?? 'TESLA'
  const can = kindsOf(vendors, vendor)
  return html`<form class="stack" data-form="newAccount">
    <div class="fields">${field('Vendor', select('vendor', all, vendor, html` data-change="wishVendor"`))}
    ${field('User', html`<input name="userId" autocomplete="off" maxlength="200" placeholder="user-1">`, 'Linked to this user at once. Left empty, the account waits for Link UI.')}</div>
    <fieldset><legend>Devices</legend><div class="fields">${can.map((kind, i) => html`<label class="field" data-key="${kind}"><span>${kinds[kind]}</span><input type="number" name="count ${kind}" min="0" max="100" value="${i === 0 ? 1 : 0}" inputmode="numeric"></label>`)}</div></fieldset>
    <button class="primary">Make the account</button></form>`
}
