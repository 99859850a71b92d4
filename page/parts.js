import { html } from './dom.js'
import { icon } from './icons.js'
import { kinds, levelOf, nameOf, statusOf } from './kinds.js'
import { percent } from './format.js'

/** Pieces of markup that several views use. */

export function chip (says, look) {
  return html`<span class="chip ${look}">${says}</span>`
}

export const actionLooks = { PENDING: 'on', CONFIRMED: 'live', FAILED: 'bad', CANCELLED: 'off' }
export const deliveryLooks = { PENDING: 'on', DELIVERED: 'live', GIVEN_UP: 'bad' }

export function statusChip (device) {
  const { says, look } = statusOf(device)
  return chip(says, look)
}

export function levelBar (device) {
  const level = levelOf(device)
  if (level === undefined) return ''
  const width = Math.max(0, Math.min(100, level.percent))
  const look = level.percent < 15 ? 'low' : statusOf(device).look === 'live' ? 'live' : ''
  return html`<svg class="bar ${look}" role="img" aria-label="Battery ${percent(level.percent)}, ${level.limitIs} ${percent(level.limit)}">
    <rect class="track" width="100%" height="8" y="3" rx="4"/><rect class="fill" width="${width}%" height="8" y="3" rx="4"/><line x1="${level.limit}%" x2="${level.limit}%" y1="0" y2="14"/></svg>`
}

export function assetLink (device, id) {
  return device === undefined ? html`<code>${id}</code>` : html`<a href="#/assets/${device.id}">${icon(device.type)} ${nameOf(device)}</a>`
}

export function button (says, action, args = {}, { look = '', about = '', isBusy = false } = {}) {
  return html`<button type="button" class="${look}" data-do="${action}" data-args="${JSON.stringify(args)}"${isBusy && html` aria-busy="true"`}>${says}${about !== '' && html`<span class="sr"> ${about}</span>`}</button>`
}

export function empty (title, text) {
  return html`<div class="empty"><p><strong>${title}</strong></p><p>${text}</p></div>`
}

/** Stands where something is yet to be read. */
export const loading = html`<p class="soft">Loading…</p>`

export function field (label, control, hint) {
  return html`<label class="field"><span>${label}</span>${control}${hint && html`<small>${hint}</small>`}</label>`
}

export function select (name, options, value, more = '') {
  return html`<select name="${name}"${more}>${options.map(option => {
    const [code, says] = Array.isArray(option) ? option : [option, option]
    return html`<option value="${code}"${code === value && html` selected`}>${says}</option>`
  })}</select>`
}

/** JSON or text, as long as it may be. */
export function code (text, label) {
  return html`<pre tabindex="0" aria-label="${label}"><code>${text}</code></pre>`
}

export const kindName = type => kinds[type] ?? type

/** Keys under which an event holds the asset that it is about. */
export const assetKeys = [...Object.keys(kinds), 'hemSystem', 'asset']
