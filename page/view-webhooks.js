import { html } from './dom.js'
import { count, momentOf, pretty, words } from './format.js'
import { deviceOf, nameOf } from './kinds.js'
import { assetKeys, assetLink, button, chip, code, deliveryLooks, empty, field, loading, select } from './parts.js'

/** The events in a body, each with the device that it is about. */
function eventsOf ({ devices }, { body }) {
  return JSON.parse(body).map(event => {
    const asset = assetKeys.map(key => event[key]).find(Boolean)
    const id = asset?.id ?? event.vendorAction?.targetId
    return { ...event, id, device: deviceOf(devices, id) }
  })
}

function eventList (events) {
  return html`<ul class="events">${events.map(({ event, user, id, device, updatedFields = [] }) => html`<li><b>${event}</b>${user !== undefined && ` · ${user.id}`}${id !== undefined && html` · ${assetLink(device, id)}`}${updatedFields.length > 0 && html`<br><small>${updatedFields.join(', ')}</small>`}</li>`)}</ul>`
}

/** Every POST to a webhook, with what was sent and what came back. */
export function webhooksView (state) {
  const { deliveries, deliveryState } = state
  return html`<div class="title"><h1 tabindex="-1">Webhooks</h1><div class="acts">
    <label class="filter"><span class="sr">State of deliveries</span>${select('state', [['', 'All deliveries'], ['PENDING', 'Pending'], ['DELIVERED', 'Delivered'], ['GIVEN_UP', 'Given up']], deliveryState, html` data-change="deliveryState"`)}</label>
    ${button('Deliver what is due', 'drain')}</div></div>
  <div class="columns lopsided"><section aria-labelledby="deliveries"><h2 id="deliveries">Deliveries</h2>
  ${deliveries === undefined
? loading
: deliveries.length === 0
    ? empty(deliveryState === '' ? 'No deliveries yet' : 'None in this state', html`Register a webhook with <code>POST /webhooks</code>; what happens from then on is delivered and shows here.`)
    : html`<p class="soft">${count(deliveries.length, 'delivery', 'deliveries')}, the newest first</p><ul class="rows card">${deliveries.map(delivery => deliveryRow(state, delivery))}</ul>`}</section>
  <section aria-labelledby="live"><h2 id="live">As it happens</h2>${liveList(state)}${sendEvent(state)}</section></div>`
}

function deliveryRow (state, delivery) {
  const { id, url, attempts, nextAttemptAt } = delivery
  const events = eventsOf(state, delivery)
  const names = [...Map.groupBy(events, each => each.event)].map(([name, all]) => all.length === 1 ? name : `${name} × ${all.length}`)
  const about = [...new Set(events.map(({ device }) => device === undefined ? undefined : nameOf(device)).filter(Boolean))]
  const short = (list, most) => list.length <= most ? list.join(', ') : `${list.slice(0, most).join(', ')} and ${list.length - most} more`
  return html`<li class="delivery" data-key="${id}"><details class="fold"><summary><span class="row"><span><b>${short(names, 2)}</b>${about.length > 0 && html` ${short(about, 2)}`}<br><span class="soft">${momentOf(delivery.createdAt, state.now())} · ${url.replace(/^https?:\/\//, '')} · ${count(attempts.length, 'attempt')}${nextAttemptAt !== null && ` · next at ${momentOf(nextAttemptAt, state.now())}`}</span></span>${chip(words(delivery.state), deliveryLooks[delivery.state])}</span></summary>
    <div class="inside">${eventList(events)}
    ${attempts.length > 0 && html`<table class="figures"><caption>Attempts</caption><thead><tr><th scope="col">At</th><th scope="col">Answer</th><th scope="col">What it said</th></tr></thead><tbody>${attempts.map(({ at, status, error, body }) => html`<tr><td>${momentOf(at, state.now())}</td><td>${status ?? 'none'}</td><td>${error ?? (body?.slice(0, 200) || '–')}</td></tr>`)}</tbody></table>`}
    <details><summary>Headers</summary>${code(Object.entries(delivery.headers).map(([name, value]) => `${name}: ${value}`).join('\n'), 'Headers')}</details>
    <details open><summary>Body</summary>${code(pretty(delivery.body), 'Body')}</details>
    <p class="soft">x-enode-delivery <code>${id}</code></p></div></details>
    <div class="acts"><a href="#/timeline/${id}">Why<span class="sr"> ${short(names, 2)}</span></a>${button('Resend', 'resend', { id }, { about: short(names, 2), isBusy: state.busy === id })}</div></li>`
}

const pictures = { 'action-requested': 'on', 'action-settled': 'on', event: 'live', delivery: 'off', fault: 'bad', request: 'off', clock: 'off' }

/** What the server told since this page was opened, the newest first. */
export function liveList ({ live, now, isFollowing, devices }) {
  if (live.length === 0) return html`<p class="soft card">${isFollowing ? 'Nothing yet. Plug a car in, or advance the clock.' : 'This server tells nothing live; the lists are read anew every few seconds.'}</p>`
  return html`<ol class="live card">${live.slice(0, 100).map(({ key, kind, at, says, assetId, deliveryId, event }) => html`<li data-key="live ${key}"><time>${momentOf(at, now())}</time> ${chip(words(kind), pictures[kind] ?? 'off')} ${says}${assetId != null && html` ${assetLink(deviceOf(devices, assetId), assetId)}`}${deliveryId != null && html` <a href="#/timeline/${deliveryId}">why</a>`}
    ${event !== undefined && html`<details><summary>The event</summary>${code(pretty(event), 'Event')}</details>`}</li>`)}</ol>`
}

/** The last thing that happened, and on a click all of them, below every other view. */
export function dockView (state) {
  const [last] = state.live
  if (!state.isFollowing) return html``
  return html`<details><summary><span class="dot-live" aria-hidden="true"></span><b>As it happens</b> <span class="soft">${last === undefined ? 'nothing yet' : last.says}</span></summary>${liveList(state)}</details>`
}

function sendEvent ({ eventNames, devices }) {
  if (eventNames === undefined) return ''
  return html`<details class="card"><summary>Send an event on demand</summary><form class="stack" data-form="sendEvent">
    ${field('Event', select('event', eventNames))}
    ${field('Asset', select('assetId', [['', 'none'], ...devices.filter(({ observed }) => observed !== null).slice(0, 500).map(({ observed, state }) => [observed.id, `${state.displayName ?? state.siteName ?? state.model ?? ''} ${observed.id.slice(0, 8)}`])]))}
    ${field('What differs, as JSON', html`<textarea name="fields" rows="4" spellcheck="false" placeholder='{"vehicle": {"chargeState": {"batteryLevel": 12}}}'></textarea>`)}<button class="primary">Send it</button></form></details>`
}
