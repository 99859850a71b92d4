import { html } from './dom.js'
import { celsius, count, momentOf, words } from './format.js'
import { deviceOf, nameOf } from './kinds.js'
import { actionLooks, assetLink, button, chip, empty, loading, select } from './parts.js'

/** What an action asks for, in words. */
function goalOf ({ kind, targetState, target }) {
  if (kind !== undefined) return `${words(kind)} charging`
  if (targetState?.maxCurrent !== undefined) return `Draw at most ${targetState.maxCurrent} A`
  if (targetState?.chargeRateLimit !== undefined) return `Draw at most ${targetState.chargeRateLimit} kW`
  if (targetState?.operationMode !== undefined) return `Mode ${words(targetState.operationMode).toLowerCase()}`
  if (target?.holdType === 'SCHEDULED') return 'Follow its schedule'
  return ['Hold', words(target?.mode ?? '').toLowerCase(), ...[target?.heatSetpoint, target?.coolSetpoint].filter(value => value !== undefined).map(celsius)].join(' ')
}

export function actionRow (state, action) {
  const device = deviceOf(state.devices, action.targetId)
  const { id, failureReason: reason } = action
  const about = `${goalOf(action)}, ${device === undefined ? action.targetId : nameOf(device)}`
  const end = (says, change, look) => button(says, 'resolve', { id, change }, { about, look })
  return html`<li data-key="${id}"><div class="row">
    <div><b>${goalOf(action)}</b> ${chip(words(action.state), actionLooks[action.state])}<br><span class="soft">${assetLink(device, action.targetId)} · ${momentOf(action.createdAt, state.now())}${action.completedAt !== null && ` to ${momentOf(action.completedAt, state.now())}`} · <code>${id}</code></span>
    ${reason !== null && html`<p class="reason"><b>${words(reason.type)}</b>: ${reason.detail}</p>`}</div>
    ${action.state === 'PENDING' && html`<div class="acts">${end('Confirm', { state: 'CONFIRMED' }, 'primary')}${end('Fail', { state: 'FAILED' })}${end('Cancel', { state: 'CANCELLED' })}</div>`}
    <p class="more"><a href="#/timeline/${id}">Why<span class="sr"> ${about}</span></a></p></div></li>`
}

/** Every action of the world, and why it failed. */
export function actionsView (state) {
  const { actions, actionState } = state
  return html`<div class="title"><h1 tabindex="-1">Actions</h1><label class="filter"><span class="sr">State</span>${select('state', [['', 'All states'], 'PENDING', 'CONFIRMED', 'FAILED', 'CANCELLED'], actionState, html` data-change="actionState"`)}</label></div>
  ${actions === undefined
? loading
: actions.length === 0
    ? empty(actionState === '' ? 'No actions so far' : `None is ${actionState}`, html`An action begins when a client commands an asset, such as <code>POST /vehicles/{vehicleId}/charging</code>, or when a schedule or smart charging does. A pending one can be ended here as you wish.`)
    : html`<p class="soft">${count(actions.length, 'action')}, the newest first</p><div class="card"><ul class="rows">${actions.map(action => actionRow(state, action))}</ul></div>`}`
}
