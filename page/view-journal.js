import { html } from './dom.js'
import { kindWords, momentOf, pretty } from './format.js'
import { deviceOf, nameOf } from './kinds.js'
import { button, chip, code, empty, loading } from './parts.js'

const lookOf = status => status === null ? 'bad' : status < 300 ? 'live' : status < 500 ? 'on' : 'bad'

/** The last requests to the documented API, and their answers. */
export function requestsView (state) {
  const { requests, missing } = state
  return html`<div class="title"><h1 tabindex="-1">Requests</h1>${requests?.length > 0 && button('Forget them', 'forgetRequests')}</div>
  <p class="soft">What came to the documented API of this world, the newest first, without credentials.</p>
  ${missing.has('requests')
? empty('This server keeps no requests', 'A newer one does.')
: requests === undefined
    ? loading
    : requests.length === 0
      ? empty('None so far', 'Point your client at this server, and what it asks shows here.')
      : html`<ul class="rows card">${requests.map(request => html`<li data-key="${request.id}"><details class="fold"><summary><span class="row"><span><b>${request.method}</b> ${request.url}<br><span class="soft">${momentOf(request.at, state.now())}</span></span>${chip(request.response.status ?? 'no answer', lookOf(request.response.status))}</span></summary>
        <div class="inside"><h3>Request</h3>${message(request)}<h3>Answer</h3>${message(request.response)}</div></details></li>`)}</ul>`}`
}

function message ({ headers, body }) {
  return html`<details><summary>Headers</summary>${code(Object.entries(headers).map(([name, value]) => `${name}: ${value}`).join('\n'), 'Headers')}</details>${body !== null && code(typeof body === 'string' ? body : pretty(body), 'Body')}`
}

/** What happened, to one subject or to all, and what caused it. */
export function timelineView (state) {
  const { timeline, missing, route: { id } } = state
  const device = deviceOf(state.devices, id)
  return html`<h1 tabindex="-1">Timeline</h1>
  <form class="inline" data-form="subject" data-key="${id ?? 'all'}"><label class="field"><span>Of a user, asset, action, webhook or delivery, by its id</span><input name="subject" value="${id ?? ''}" autocomplete="off" spellcheck="false" placeholder="everything"></label><button>Show</button></form>
  ${id !== undefined && html`<p>${device === undefined ? html`<code>${id}</code>` : html`<a href="#/assets/${device.id}">${nameOf(device)}</a>`} · <a href="#/timeline">everything</a></p>`}
  ${missing.has('timeline')
? empty('This server keeps no timeline', 'A newer one does.')
: timeline === undefined
    ? loading
    : timeline.length === 0
      ? empty('Nothing happened yet', 'Advance the clock, or change a device.')
      : html`<ol class="rows card timeline">${timeline.toReversed().map(entry => html`<li data-key="${entry.id}"><p><time>${momentOf(entry.at, state.now())}</time> ${chip(kindWords(entry.kind), entry.kind === 'fault' ? 'bad' : entry.kind === 'event' ? 'live' : 'off')} ${entry.says}</p>
        ${entry.causes.length > 0
          ? html`<p class="because">because of ${entry.causes.map((cause, i) => html`${i > 0 && html` <span aria-label="because of">←</span> `}<b>${kindWords(cause.kind).toLowerCase()}</b> ${cause.says}`)}</p>`
          : entry.origin !== null && html`<p class="because">by ${entry.origin}</p>`}</li>`)}</ol>`}`
}
