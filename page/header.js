import { html } from './dom.js'
import { dateOf, timeOf } from './format.js'
import { icon, mark } from './icons.js'
import { button, select } from './parts.js'

const steps = [['PT15M', '+15 min'], ['PT1H', '+1 h'], ['PT6H', '+6 h'], ['P1D', '+1 day']]
const speeds = [1, 10, 60, 600, 3600]

/** What stands on top of every view: the world, and its clock. */
export function header (state) {
  const { clock, worlds, world, busy } = state
  return html`<div class="bar-top">
    <a class="brand" href="#/">${mark}<span>mock-enode</span></a>
    <label class="world"><span>World</span>${select('world', worlds.map(each => each.name), world, html` data-change="world"`)}</label>
    ${clock !== undefined && clockPanel(state, clock, busy === 'advance')}
  </div>`
}

function clockPanel (state, clock, isBusy) {
  const now = state.now()
  const isRunning = clock.mode === 'running'
  const around = speeds.includes(clock.speed) ? speeds : [...speeds, clock.speed].toSorted((a, b) => a - b)
  return html`<section class="clock" aria-label="Clock">
    <p class="now"><span class="dot-${isRunning ? 'live' : 'off'}" aria-hidden="true"></span><span class="sr">${isRunning ? 'Running' : 'Frozen'} at </span><time>${dateOf(now)} <b>${timeOf(now)}</b></time> <abbr title="Coordinated universal time">UTC</abbr></p>
    <div class="group" role="group" aria-label="Advance time">
      ${steps.map(([by, says]) => button(says, 'advance', { by }, { isBusy }))}
    </div>
    <details class="menu"><summary>Go to…</summary>
      <form data-form="goTo"><label class="field"><span>Time (UTC), not before now</span><input type="datetime-local" name="to" step="60" required min="${new Date(now).toISOString().slice(0, 16)}" value="${new Date(now + 86400000).toISOString().slice(0, 16)}"></label><button class="primary">Go there</button></form>
    </details>
    ${button(html`${icon(isRunning ? 'pause' : 'play')} ${isRunning ? 'Freeze' : 'Run'}`, 'setClock', { mode: isRunning ? 'frozen' : 'running' })}
    <label class="speed"><span class="sr">Simulated seconds for each real one</span>${select('speed', around.map(value => [String(value), `× ${value}`]), String(clock.speed), html` data-change="speed"`)}</label>
  </section>`
}

export const views = [
  ['', 'Devices', 'devices'],
  ['accounts', 'Accounts', 'accounts'],
  ['actions', 'Actions', 'actions'],
  ['webhooks', 'Webhooks', 'webhooks'],
  ['faults', 'Faults', 'faults'],
  ['requests', 'Requests', 'requests'],
  ['timeline', 'Timeline', 'timeline'],
  ['worlds', 'Worlds', 'worlds']
]

export function navigation ({ route, marks = {} }) {
  const here = route.view === 'assets' ? '' : route.view
  return html`<ul>${views.map(([view, says, picture]) => html`<li><a href="#/${view}"${view === here && html` aria-current="page"`}>${icon(picture)}<span>${says}</span>${marks[view] > 0 && html`<span class="count">${marks[view]}</span>`}</a></li>`)}</ul>
  <p class="also"><a href="docs">Control API</a><a href="../docs">Enode API</a></p>`
}
