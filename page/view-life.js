import { html } from './dom.js'
import { numberOf, words } from './format.js'
import { field, loading, select } from './parts.js'

const household = {
  persons: ['People'],
  holidayWeeks: ['Weeks away in a year'],
  houseKwh: ['Electricity of the house', 'kWh a year'],
  hotWaterLitres: ['Hot water', 'litres a day for each'],
  hotWaterBy: ['Water is heated by'],
  comfortC: ['Warmth while somebody is there', '°C'],
  setbackC: ['Warmth at night and while nobody is', '°C']
}

const driving = {
  workdays: ['Goes to work on'],
  leavesAt: ['Leaves at'],
  backAt: ['Leaves work at'],
  commuteKm: ['Way to work', 'km'],
  atHomeShare: ['Works at home', '%', 100],
  chargesAtWork: ['Charges at work', '% of the days', 100],
  errandsPerWeek: ['Errands in a week'],
  errandKm: ['Way of an errand', 'km'],
  weekendShare: ['Goes out at the weekend', '% of the days', 100],
  weekendKm: ['Way at the weekend', 'km'],
  longTripsPerYear: ['Long trips in a year'],
  longTripKm: ['Way of a long trip', 'km'],
  plugsIn: ['Plugs in at home'],
  plugsInBelow: ['Below a level of', '%'],
  chargesFrom: ['The car charges from']
}

/** How people live at the home of a device, and another life for them. */
export function lifePart (state, device) {
  const { life, lifeNames } = state
  const { drivers, name, ...figures } = life.figures
  const isOwn = life.given !== null && Object.keys(life.given).length > 1
  return html`<section class="card" data-key="life"><h2>Life at its home</h2>
    <p>${life.given === null ? 'Nobody told how people live there: the house uses electricity, and nobody moves anything.' : html`<b>${words(name)}</b>${isOwn && ', with figures of its own'}.`} ${life.devices.length > 1 && html`<span class="soft">It is the life of all ${life.devices.length} devices there.</span>`}</p>
    ${lifeNames === undefined
      ? loading
      : html`<form class="inline" data-form="setLife" data-key="life ${name}"><input type="hidden" name="id" value="${device.id}">
      ${field('Another life from now on', select('name', lifeNames.map(each => [each, words(each)]), life.given?.name ?? 'still'))}<button>Let them live so</button></form>`}
    <details><summary>Its figures</summary><div class="columns">${list('The household', household, figures)}${drivers.map((driver, i) => list(drivers.length === 1 ? 'Who drives' : `Who drives, ${i + 1}`, driving, driver))}</div></details></section>`
}

function list (title, labels, figures) {
  return html`<section><h3>${title}</h3><dl class="facts">${Object.keys(labels).filter(key => figures[key] !== undefined && (key !== 'plugsInBelow' || figures.plugsIn === 'below')).map(key => {
    const [says, unit, times = 1] = labels[key]
    const value = figures[key]
    return html`<div><dt>${says}</dt><dd>${printed(value, times)}${unit !== undefined && ` ${unit}`}</dd></div>`
  })}</dl></section>`
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

function printed (value, times) {
  if (value === null) return 'at once'
  if (Array.isArray(value)) return value.length === 0 ? 'no day' : value.map(day => weekdays[day]).join(', ')
  return typeof value === 'number' ? numberOf(value * times, Number.isInteger(value * times) ? 0 : 1) : value
}
