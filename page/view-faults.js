import { html } from './dom.js'
import { count } from './format.js'
import { deviceOf, nameOf } from './kinds.js'
import { button, code, empty, field, loading, select } from './parts.js'

/** What can go wrong, and the fields that a form for it has. */
const plans = {
  linking: { says: 'A vendor cannot be linked', fields: ['vendor', 'linkingStatus'] },
  unreachable: { says: 'Polls do not reach a device', fields: ['asset'] },
  stale: { says: 'Polls show what was last seen', fields: ['asset'] },
  late: { says: 'Polls are late', fields: ['asset', 'delay'] },
  outcome: { says: 'An action ends as I say', fields: ['asset', 'state', 'reason', 'detail'] },
  undo: { says: 'An action is confirmed and undone', fields: ['asset', 'delay'] },
  status: { says: 'A request is answered with an error', fields: ['method', 'path', 'status'] },
  delay: { says: 'A request waits', fields: ['method', 'path', 'delay'] },
  disconnect: { says: 'A request gets no answer', fields: ['method', 'path'] },
  drop: { says: 'A delivery is lost', fields: ['event'] },
  duplicate: { says: 'A delivery comes twice', fields: ['event'] },
  reorder: { says: 'Deliveries come out of order', fields: ['event'] }
}

/** The fault that a filled form means. */
export function faultOf (values) {
  const filled = keys => Object.fromEntries(keys.filter(key => (values[key] ?? '') !== '').map(key => [key, values[key]]))
  const on = filled(['vendor', 'assetId', 'method', 'path', 'event'])
  const effect = {
    linking: () => ({ linkingStatus: values.linkingStatus }),
    outcome: () => ({ outcome: { state: values.state, ...(values.state === 'CONFIRMED' || (values.detail ?? '') === '' ? {} : { failureReason: { type: values.reason, detail: values.detail } }) } }),
    status: () => ({ status: Number(values.status) }),
    delay: () => ({ delay: values.delay }),
    late: () => ({ late: values.delay }),
    undo: () => ({ undo: values.delay })
  }[values.plan]?.() ?? { [values.plan]: true }
  return { on, effect, ...(values.times ? { times: Number(values.times) } : {}), ...(values.after ? { after: Number(values.after) } : {}) }
}

export function faultsView (state) {
  const { faults } = state
  return html`<div class="title"><h1 tabindex="-1">Faults</h1>${faults?.length > 0 && button('Take all back', 'removeFaults', {}, { look: 'danger quiet' })}</div>
  <p class="soft">What shall go wrong, in the order in which it was made, until it is used up or taken back.</p>
  ${faults === undefined ? loading : faults.length === 0 ? empty('Nothing is broken', 'Make a fault below, and see how your code takes it.') : html`<ul class="rows card">${faults.map(fault => faultRow(state, fault))}</ul>`}
  <section class="card"><h2>Break something</h2>${newFault(state)}</section>`
}

function faultRow ({ devices }, { id, on, effect, timesLeft, afterLeft }) {
  const plan = Object.keys(effect).includes('linkingStatus') ? 'linking' : Object.keys(effect).find(key => plans[key] !== undefined)
  const device = deviceOf(devices, on.assetId)
  const whom = Object.entries(on).map(([key, value]) => key === 'assetId' && device !== undefined ? nameOf(device) : String(value)).join(' ')
  return html`<li data-key="${id}"><div class="row"><div><b>${plans[plan]?.says ?? Object.keys(effect).join(', ')}</b> ${whom === '' ? 'everywhere' : whom}
    <br><span class="soft">${timesLeft == null ? 'until taken back' : `${count(timesLeft, 'time')} left`}${afterLeft > 0 && `, after ${afterLeft} that pass`}</span>
    <details><summary>As JSON</summary>${code(JSON.stringify({ on, effect }, null, 2), 'Fault')}</details></div>${button('Take back', 'removeFault', { id }, { about: `${plans[plan]?.says ?? ''} ${whom}` })}</div></li>`
}

const controls = {
  vendor: ({ vendors }) => field('Vendor', select('vendor', [...new Set(Object.values(vendors ?? {}).flat())].toSorted(), 'TESLA')),
  linkingStatus: () => field('Linking status', select('linkingStatus', ['OUTAGE', 'ELEVATED_ERROR_RATE', 'READY'])),
  asset: ({ devices }) => field('Device', select('assetId', [['', 'any'], ...devices.filter(({ observed }) => observed !== null).slice(0, 500).map(device => [device.observed.id, `${nameOf(device)}, ${device.userId}`])])),
  state: () => field('Ends as', select('state', ['FAILED', 'CANCELLED', 'CONFIRMED'])),
  reason: () => field('Reason', select('reason', ['NO_RESPONSE', 'FAILED_PRECONDITION', 'CONFLICT', 'NOT_FOUND', 'UNNECESSARY', 'REQUESTED_CANCELLATION'])),
  detail: () => field('In words', html`<input name="detail" maxlength="500" placeholder="The device remained unreachable." autocomplete="off">`, 'Left empty, reason and words are the usual ones.'),
  method: () => field('Method', select('method', [['', 'any'], 'GET', 'POST', 'PUT', 'PATCH', 'DELETE'])),
  // By its path one sees that it is requests that wait, since actions and deliveries can too.
  path: (_state, plan) => field('Path', html`<input name="path" placeholder="/vehicles/{vehicleId}" autocomplete="off" spellcheck="false"${plan === 'delay' && html` required`}>`, plan === 'delay' ? 'As documented.' : 'As documented; left empty, every one.'),
  status: () => field('Status', html`<input type="number" name="status" min="400" max="599" value="503" required>`),
  delay: (_state, plan) => field('How long', html`<input name="delay" value="${plan === 'delay' ? 'PT2S' : 'PT10M'}" required autocomplete="off" spellcheck="false">`, 'ISO 8601, such as PT2S.'),
  event: ({ eventNames }) => field('Deliveries with', select('event', [['', 'any event'], ...eventNames ?? []]))
}

function newFault (state) {
  const plan = state.wish.plan ?? 'linking'
  return html`<form class="stack" data-form="newFault">
    ${field('What goes wrong', select('plan', Object.entries(plans).map(([key, { says }]) => [key, says]), plan, html` data-change="wishPlan"`))}
    <div class="fields" data-key="plan ${plan}">${plans[plan].fields.map(name => controls[name](state, plan))}</div>
    ${plan !== 'linking' && html`<div class="fields">${field('How often', html`<input type="number" name="times" min="1" placeholder="always" inputmode="numeric">`)}${field('After so many that pass', html`<input type="number" name="after" min="0" placeholder="0" inputmode="numeric">`)}</div>`}
    <button class="primary">Break it</button></form>`
}
