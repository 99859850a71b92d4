import { html } from './dom.js'
import { count, kw } from './format.js'
import { icon } from './icons.js'
import { detailOf, figureOf, hasCable, homePlaceOf, isCharging, isPluggedIn, kinds, modelOf, nameOf } from './kinds.js'
import { button, empty, levelBar, loading, statusChip } from './parts.js'
import { dayPlot } from './plot.js'

/** Cards that are drawn at most; the filter finds the rest. */
const mostCards = 120

/** Devices by user, and of a user by home: those of one owner that stand within 200 m of each other. */
export function homesOf (devices) {
  const homes = []
  for (const device of devices) {
    const { latitude, longitude, timezone } = homePlaceOf(device)
    const owner = device.userId ?? device.accountId
    const near = home => home.owner === owner && Math.hypot((home.latitude - latitude) * 111_200, (home.longitude - longitude) * 111_200 * Math.cos(latitude * Math.PI / 180)) <= 200
    const home = homes.find(near)
    if (home === undefined) homes.push({ owner, userId: device.userId, latitude, longitude, timezone, devices: [device] })
    else home.devices.push(device)
  }
  for (const home of homes) {
    home.devices = home.devices.toSorted((a, b) => order.indexOf(a.type) - order.indexOf(b.type))
    home.id = home.devices[0].id
  }
  return homes
}

const order = Object.keys(kinds)
export const isEnergyHome = ({ devices }) => devices.some(({ type }) => type === 'inverter' || type === 'battery' || type === 'meter')

/** Every device, by user and by home. */
export function devicesView (state) {
  const { devices, filter } = state
  if (devices.length === 0) {
    return html`<h1 tabindex="-1">Devices</h1>${empty('No devices yet', html`Make a virtual account with devices under <a href="#/accounts">Accounts</a>, or start from another fixture under <a href="#/worlds">Worlds</a>.`)}`
  }
  const wanted = filter.toLowerCase()
  const fits = device => wanted === '' || [nameOf(device), modelOf(device), kinds[device.type], device.vendor, device.userId, device.id, device.state.vin].some(text => String(text ?? '').toLowerCase().includes(wanted))
  const found = devices.filter(fits)
  const shown = found.slice(0, mostCards)
  const users = Map.groupBy(homesOf(shown), home => home.userId ?? `account ${home.owner}`)
  return html`<div class="title"><h1 tabindex="-1">Devices</h1>
    <label class="filter"><span class="sr">Filter devices</span><input type="search" data-input="filter" placeholder="Filter by user, name, vendor, id" value="${filter}"></label></div>
  <p class="soft" role="status">${found.length > shown.length ? `${shown.length} of ${count(found.length, 'device')}: filter to see others` : count(found.length, 'device')}${filter !== '' && ` of ${devices.length}`}</p>
  ${[...users].map(([user, homes]) => html`<section class="user" data-key="user ${user}" aria-label="${user}">
    <h2>${icon('accounts')} ${homes[0].userId === null ? html`Not linked <small>account of ${homes[0].devices[0].vendor}, waits for Link UI</small>` : user}</h2>
    ${homes.filter(isEnergyHome).map(home => energyHome(state, home))}
    ${cards(state, homes.filter(home => !isEnergyHome(home)))}
  </section>`)}`
}

/** Where solar, battery or meter are, a home is more than its devices. */
function energyHome (state, { id, devices, timezone, latitude, longitude }) {
  const day = state.days.get(id)
  return html`<div class="home" data-key="home ${id}">
    <p class="soft">Home at ${latitude.toFixed(4)}, ${longitude.toFixed(4)}, time of ${timezone.split('/').at(-1).replaceAll('_', ' ')} · ${flows({ devices })}</p>
    <div class="cards">${devices.map(device => card(state, device))}</div>
    <details class="plots" data-day="${id}"${state.openDays.has(id) && html` open`}><summary>The last 24 hours</summary>
      ${day === undefined ? loading : dayPlot(id, day, devices, { width: state.plotWidth, at: state.moments.get(id) })}
    </details>
  </div>`
}

/** What flows at a home now, in words. */
function flows ({ devices }) {
  const of = type => devices.filter(device => device.type === type)
  const solar = of('inverter').reduce((sum, { observed }) => sum + (observed?.productionState?.productionRate ?? 0), 0)
  const battery = of('battery').reduce((sum, { state }) => sum + state.flowKw, 0)
  const grid = of('meter').reduce((sum, { state }) => sum + state.totalKw, 0)
  return [
    of('inverter').length > 0 && `solar ${kw(solar)}`,
    of('battery').length > 0 && Math.abs(battery) >= 0.005 && `battery ${battery > 0 ? 'takes' : 'gives'} ${kw(Math.abs(battery))}`,
    of('meter').length > 0 && (grid >= 0 ? `grid gives ${kw(grid)}` : `grid takes ${kw(-grid)}`)
  ].filter(Boolean).join(', ')
}

function cards (state, homes) {
  return homes.length > 0 && html`<div class="cards">${homes.flatMap(({ devices }) => devices).map(device => card(state, device))}</div>`
}

function card (state, device) {
  const name = nameOf(device)
  return html`<article class="card device" data-key="${device.id}">
    <header><span class="kind ${device.type}">${icon(device.type)}</span>
      <div><h3><a href="#/assets/${device.id}">${name}</a></h3><p class="soft">${kinds[device.type]} · ${modelOf(device)}</p></div></header>
    <p class="figure"><b>${figureOf(device)}</b> ${statusChip(device)}</p>
    ${levelBar(device)}
    <p class="soft detail">${detailOf(device)}</p>
    <div class="acts">${acts(state, device)}</div>
  </article>`
}

/** The buttons for what one does most. */
export function acts (state, device) {
  const about = nameOf(device)
  const { id } = device
  const isBusy = state.busy === id
  return html`${hasCable(device) && html`${isPluggedIn(device)
      ? button('Unplug', 'setState', { id, state: { isPluggedIn: false } }, { about, isBusy })
      : button('Plug in', 'setState', { id, state: { isPluggedIn: true } }, { about, isBusy, look: 'primary' })}
    ${isPluggedIn(device) && (isCharging(device)
      ? button('Stop', 'setState', { id, state: { isCharging: false } }, { about, isBusy })
      : button('Start', 'setState', { id, state: { isCharging: true } }, { about, isBusy, look: 'primary' }))}`}
    ${device.isReachable
      ? button('Make unreachable', 'change', { id, change: { isReachable: false } }, { about, isBusy, look: 'quiet' })
      : button('Make reachable', 'change', { id, change: { isReachable: true } }, { about, isBusy, look: 'primary' })}`
}
