import { html } from './dom.js'
import { count, momentOf, pretty } from './format.js'
import { icon } from './icons.js'
import { comparisonOf, detailOf, deviceOf, figureOf, kinds, levelOf, modelOf, nameOf, settable } from './kinds.js'
import { actionRow } from './view-actions.js'
import { acts, homesOf } from './view-devices.js'
import { button, code, empty, field, levelBar, loading, select, statusChip } from './parts.js'
import { dayPlot } from './plot.js'
import { carParts } from './view-car.js'
import { lifePart } from './view-life.js'

/** One device: what it is, what the API shows of it, and what can be done to it. */
export function assetView (state) {
  const device = deviceOf(state.devices, state.route.id)
  if (device === undefined) return html`<h1 tabindex="-1">Device</h1>${empty('There is no such device', html`It may have been removed, or the world was reset. <a href="#/">All devices</a>`)}`
  const name = nameOf(device)
  const assetId = device.observed?.id ?? device.id
  return html`<p class="crumbs"><a href="#/">Devices</a> <span aria-hidden="true">/</span> ${device.userId ?? 'not linked'}</p>
  <div class="hero">${picture(device)}
    <div><h1 tabindex="-1">${name}</h1><p class="soft">${kinds[device.type]} · ${modelOf(device)} · <code>${device.id}</code></p></div></div>
  <div class="card headline"><p class="figure"><b>${figureOf(device)}</b> ${statusChip(device)}</p>${levelOf(device) !== undefined && levelBar(device)}<p class="soft detail">${detailOf(device)}</p><div class="acts">${acts(state, device)}</div></div>
  <div class="columns">
    <section class="card"><h2>What it is, and what the API shows</h2>${comparison(state, device)}</section>
    <section class="card"><h2>Change it</h2>${changes(state, device)}</section>
  </div>
  ${device.type === 'vehicle' && carParts(state, device)}
  ${dayPart(state, device)}
  ${state.life !== undefined && lifePart(state, device)}
  <section class="card"><h2>Actions</h2>${actions(state, device, assetId)}<p><a href="#/timeline/${assetId}">What happened to it, and why</a></p></section>
  <div class="columns">
    <section class="card"><h2>Capabilities</h2>${capabilities(device)}</section>
    <section class="card"><h2>Remove it</h2><p>It disappears from its account, as when its owner sold it: <code>user:${device.type}:deleted</code> goes out, and what is pending fails.</p>
      ${button('Remove the device', 'removeDevice', { id: device.id, name }, { look: 'danger' })}</section>
  </div>
  <section class="card"><h2>In full</h2>
    <details><summary>Physical state</summary>${code(pretty(device.state), 'Physical state as JSON')}</details>
    ${device.observed !== null && html`<details><summary>What the API answers</summary>${code(pretty(device.observed), 'What the API answers as JSON')}</details>`}
  </section>`
}

/** Its picture, by a path that holds wherever a proxy puts this page: the address in `imageUrl` is that of the API's clients. */
function picture ({ type, observed }) {
  const path = /\/assets\/[\w-]+/.exec(observed?.information?.imageUrl ?? '')?.[0]
  return path === undefined ? html`<span class="kind ${type}">${icon(type)}</span>` : html`<img class="picture" src="..${path}.webp?width=320" alt="" width="160">`
}

function comparison (state, device) {
  const { observed } = device
  return html`<table class="compare"><thead><tr><td></td><th scope="col">Physically</th><th scope="col">In the API</th></tr></thead>
    <tbody>${comparisonOf(device).map(({ name, is, shown, differs }) => html`<tr${differs && html` class="differs"`}><th scope="row">${name}</th><td>${is ?? html`<span class="soft">–</span>`}</td><td>${shown ?? html`<span class="soft">–</span>`}${differs && html` <span class="chip on">not seen yet</span>`}</td></tr>`)}</tbody></table>
    <p class="soft">${observed === null ? 'Nobody has it linked, so the API does not show it.' : html`Last seen ${momentOf(observed.lastSeen, state.now())}.${state.accounts?.find(({ id }) => id === device.accountId)?.isValid === false && ' The credentials of its account do not work: what the API shows stands still.'}`}</p>`
}

function changes (state, device) {
  const { id, type, state: physical } = device
  const partner = type === 'vehicle' ? { kind: 'charger', key: 'pluggedInChargerId', of: physical.charger } : type === 'charger' ? { kind: 'vehicle', key: 'pluggedInVehicleId', of: physical.vehicle } : undefined
  const home = homesOf(state.devices).find(({ devices }) => devices.some(({ id }) => id === device.id))
  const partners = partner === undefined ? [] : home.devices.filter(each => each.type === partner.kind)
  return html`
    ${settable(device).map(fact => html`<form class="inline" data-form="setFact" data-key="${fact.name}"><input type="hidden" name="id" value="${id}"><input type="hidden" name="name" value="${fact.name}">
      ${field(fact.label, fact.options === undefined
        ? html`<input type="number" name="value" min="${fact.min}" max="${fact.max}" step="${fact.step}" value="${fact.value}" required inputmode="decimal">`
        : select('value', fact.options, fact.value))}<button>Set<span class="sr"> ${fact.label}</span></button></form>`)}
    ${partners.length > 0 && html`<form class="inline" data-form="setFact" data-key="partner"><input type="hidden" name="id" value="${id}"><input type="hidden" name="name" value="${partner.key}"><input type="hidden" name="json" value="yes">
      ${field(`Cable to a ${partner.kind}`, select('value', [['null', 'one that this world does not know'], ...partners.map(each => [JSON.stringify(each.id), nameOf(each)])], JSON.stringify(partner.of?.deviceId ?? null)))}<button>Set<span class="sr"> the cable</span></button></form>`}
    <details><summary>Another fact, by the API's name</summary>
      <form class="stack" data-form="setFact"><input type="hidden" name="id" value="${id}"><input type="hidden" name="json" value="yes">
      ${field('Name', html`<input name="name" required placeholder="latitude" autocomplete="off" spellcheck="false">`)}
      ${field('Value, as JSON', html`<input name="value" required placeholder="59.91" autocomplete="off" spellcheck="false">`, 'A fact that cannot be set is refused, and the answer says why.')}<button>Set it</button></form></details>
    <p class="switch"><label><input type="checkbox" data-toggle="observe"${state.observe && html` checked`}> The API sees changes at once</label><small>Otherwise the next poll finds them, as it does in a street.</small></p>`
}

function dayPart (state, device) {
  const day = state.days.get(device.id)
  return html`<section class="card" data-key="day"><h2>The last 24 hours of its home</h2>
    ${day === undefined ? loading : dayPlot(device.id, day, state.devices, { width: state.plotWidth, at: state.moments.get(device.id) })}</section>`
}

function actions (state, device, assetId) {
  const own = (state.actions ?? []).filter(({ targetId }) => targetId === assetId)
  if (own.length === 0) return html`<p class="soft">None so far. They begin with the API, such as <code>POST /${device.type}s/${assetId}/…</code>, or with a schedule or smart charging.</p>`
  return html`<ul class="rows">${own.slice(0, 10).map(action => actionRow(state, action))}</ul>`
}

function capabilities (device) {
  const entries = Object.entries(device.capabilities).filter(([, value]) => typeof value?.isCapable === 'boolean')
  if (entries.length === 0) return html`<p class="soft">They show once it is linked.</p>`
  return html`<ul class="switches">${entries.map(([name, { isCapable, interventionIds }]) => html`<li><span>${name}${interventionIds?.length > 0 && html`<br><small>${count(interventionIds.length, 'intervention')} would bring it back</small>`}</span>
    <button type="button" role="switch" aria-checked="${isCapable}" aria-label="${name}" class="toggle" data-do="change" data-args="${JSON.stringify({ id: device.id, change: { capabilities: { [name]: !isCapable } } })}"><span aria-hidden="true">${isCapable ? 'on' : 'off'}</span></button></li>`)}</ul>`
}
