import { html } from './dom.js'
import { celsius, kw, kwh, numberOf } from './format.js'
import { nameOf } from './kinds.js'

const left = 44
const right = 8
const top = 8
const bottom = 22

/** A home's day: curves of power, of levels and of temperatures over one axis of time, the moment that is pointed at, and its sums. */
export function dayPlot (id, day, devices, { width, at }) {
  if (day.gridKw.every(value => value === null)) return html`<p class="soft">Nothing is recorded yet. Advance the clock, and the day fills.</p>`
  const curves = curvesOf(day, devices)
  const n = day.houseKw.length
  const moment = at === undefined ? n - 1 : Math.min(at, n - 1)
  const chart = (key, title, series, height, unit, note = '') => series.length === 0
    ? ''
    : html`<figure class="chart" data-key="${key}"><figcaption>${title}${note}</figcaption>${drawn({ day, series, width, height, moment, unit, title })}${legend(series, moment, unit)}</figure>`
  return html`<div class="day" data-plot="${id}">
    ${sums(day)}
    ${chart('power', 'Power, kW', curves.power, 210, kw)}
    ${chart('level', 'Battery level, %', curves.level, 120, value => `${numberOf(value, 0)} %`, day.devices.some(({ type }) => type === 'vehicle') ? '; of a car since midnight UTC or its last change' : '')}
    ${chart('temperature', 'Temperature, °C', curves.temperature, 120, celsius, '; of a room since midnight UTC or its last change')}
    <label class="scrub"><span>At <time>${localTime(day, moment)}</time></span>
      <input type="range" data-scrub="${id}" min="0" max="${n - 1}" value="${moment}" aria-valuetext="${localTime(day, moment)}"></label>
    <details><summary>The same as a table</summary>${table(day, curves)}</details>
  </div>`
}

function curvesOf (day, devices) {
  const power = [{ name: 'House', look: 'house', values: day.houseKw }]
  const level = []
  const temperature = []
  const nameById = new Map(devices.map(device => [device.id, nameOf(device)]))
  const seen = {}
  for (const each of day.devices) {
    const nth = seen[each.type] = (seen[each.type] ?? 0) + 1
    const name = nameById.get(each.id) ?? each.type
    const look = `${each.type} n${nth}`
    if (each.type === 'inverter') power.push({ name, look, values: each.kw.map(value => value === null ? null : -value), isArea: true })
    else if (each.type !== 'meter' && each.kw.some(value => value !== null && value !== 0)) power.push({ name, look, values: each.kw })
    if (each.levelPercent !== null) level.push({ name, look, values: each.levelPercent })
    if (each.roomCelsius !== null) temperature.push({ name, look, values: each.roomCelsius })
  }
  if (day.devices.some(({ type }) => type === 'meter' || type === 'inverter' || type === 'battery')) power.push({ name: 'Grid', look: 'grid', values: day.gridKw })
  if (temperature.length > 0) temperature.push({ name: 'Outdoors', look: 'house', values: day.outdoorCelsius })
  return { power, level, temperature }
}

function drawn ({ day, series, width, height, moment, unit, title }) {
  const known = series.flatMap(({ values }) => values.filter(value => value !== null))
  const ticks = ticksOf(Math.min(0, ...known), Math.max(title.includes('level') ? 100 : 1, ...known), height)
  const [low, high] = [ticks[0], ticks.at(-1)]
  const n = day.houseKw.length
  const x = i => left + i / Math.max(1, n - 1) * (width - left - right)
  const y = value => top + (high - value) / (high - low) * (height - top - bottom)
  const says = `${title}. ${series.map(({ name, values }) => `${name} ${values[moment] == null ? 'unknown' : unit(values[moment])}`).join(', ')} at ${localTime(day, moment)}.`
  return html`<svg class="plot" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${says}" data-n="${n}" data-left="${left}" data-right="${right}">
    ${ticks.map(value => html`<line class="${value === 0 ? 'zero' : 'grid'}" x1="${left}" x2="${width - right}" y1="${y(value)}" y2="${y(value)}"/><text x="${left - 8}" y="${y(value) + 4}" text-anchor="end">${numberOf(value, Number.isInteger(value) ? 0 : 1)}</text>`)}
    ${hoursOf(day, width).map(({ i, says }) => html`<text x="${x(i)}" y="${height - 6}" text-anchor="middle">${says}</text>`)}
    ${series.map(({ look, values, isArea }) => html`${isArea && html`<path class="area ${look}" d="${area(values, x, y)}"/>`}<path class="line ${look}" d="${line(values, x, y)}"/>`)}
    <line class="now" x1="${x(moment)}" x2="${x(moment)}" y1="${top}" y2="${height - bottom}"/>
    ${series.map(({ look, values }) => values[moment] == null ? '' : html`<circle class="dot ${look}" cx="${x(moment)}" cy="${y(values[moment])}" r="3.5"/>`)}
  </svg>`
}

function legend (series, moment, unit) {
  return html`<ul class="legend">${series.map(({ name, look, values }) => html`<li><svg class="swatch" viewBox="0 0 18 6" aria-hidden="true"><path class="line ${look}" d="M0 3H18"/></svg>${name} <b>${values[moment] == null ? '–' : unit(values[moment])}</b></li>`)}</ul>`
}

const round = value => Math.round(value * 10) / 10

/** A line with gaps where nothing is known. */
function line (values, x, y) {
  let isOn = false
  return values.map((value, i) => {
    if (value === null) { isOn = false; return '' }
    const point = `${isOn ? 'L' : 'M'}${round(x(i))} ${round(y(value))}`
    isOn = true
    return point
  }).join('')
}

function area (values, x, y) {
  const first = values.findIndex(value => value !== null)
  if (first < 0) return ''
  const last = values.findLastIndex(value => value !== null)
  return `${line(values.map(value => value ?? 0).slice(first, last + 1), i => x(i + first), y)}L${round(x(last))} ${round(y(0))}L${round(x(first))} ${round(y(0))}Z`
}

/** Round numbers that hold all values between the first and the last. */
function ticksOf (low, high, height) {
  const most = height > 150 ? 5 : 3
  const rough = (high - low) / most
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map(times => times * power).find(step => step >= rough)
  const ticks = []
  for (let k = Math.floor(low / step); k <= Math.ceil(high / step); k++) ticks.push(Math.round(k * step * 1e6) / 1e6)
  return ticks
}

/** Full hours of the home's own clock, as many as there is room for. */
function hoursOf (day, width) {
  const every = width > 560 ? 3 : 6
  const hours = []
  day.houseKw.forEach((_, i) => {
    const text = localTime(day, i)
    if (text.endsWith(':00') && Number(text.slice(0, 2)) % every === 0) hours.push({ i, says: text })
  })
  return hours
}

const clocks = new Map()
function localTime ({ from, bucketMinutes, timezone }, i) {
  if (!clocks.has(timezone)) clocks.set(timezone, new Intl.DateTimeFormat('en-GB', { timeZone: timezone, hour: '2-digit', minute: '2-digit' }))
  return clocks.get(timezone).format(Date.parse(from) + i * bucketMinutes * 60_000)
}

/** Sums over what is recorded: what came from where. */
function sums (day) {
  const hours = day.bucketMinutes / 60
  const sum = (values, of) => values.reduce((sum, value) => sum + (value === null ? 0 : of(value)), 0) * hours
  const ofKind = (type, of) => day.devices.filter(each => each.type === type).reduce((total, each) => total + sum(each.kw, of), 0)
  const has = type => day.devices.some(each => each.type === type)
  const gained = value => Math.max(0, value)
  const given = value => Math.max(0, -value)
  const tiles = [
    has('inverter') && ['Solar', ofKind('inverter', given)],
    ['From the grid', sum(day.gridKw, gained)],
    (has('inverter') || has('battery')) && ['To the grid', sum(day.gridKw, given)],
    has('battery') && ['Into the battery', ofKind('battery', gained)],
    (has('vehicle') || has('charger')) && ['Cars', ofKind('vehicle', gained) + ofKind('charger', gained)],
    has('hvac') && ['Heating, cooling', ofKind('hvac', gained)]
  ].filter(Boolean)
  return html`<dl class="tiles">${tiles.map(([name, value]) => html`<div><dt>${name}</dt><dd>${kwh(value)}</dd></div>`)}</dl>`
}

/** A row for each hour, the mean of power and the start of all else. */
function table (day, { power, level, temperature }) {
  const perHour = Math.round(60 / day.bucketMinutes)
  const starts = day.houseKw.map((_, i) => i).filter(i => localTime(day, i).endsWith(':00'))
  const mean = values => {
    const known = values.filter(value => value !== null)
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
  }
  const columns = [
    ...power.map(each => ({ ...each, of: i => mean(each.values.slice(i, i + perHour)), unit: 'kW', digits: 2 })),
    ...level.map(each => ({ ...each, of: i => each.values[i], unit: '%', digits: 0 })),
    ...temperature.map(each => ({ ...each, of: i => each.values[i], unit: '°C', digits: 1 }))
  ]
  return html`<div class="scroll" tabindex="0" role="region" aria-label="The day as a table"><table class="figures">
    <thead><tr><th scope="col">From</th>${columns.map(({ name, unit }) => html`<th scope="col">${name}, ${unit}</th>`)}</tr></thead>
    <tbody>${starts.map(i => html`<tr><th scope="row">${localTime(day, i)}</th>${columns.map(({ of, digits }) => html`<td>${of(i) == null ? '–' : numberOf(of(i), digits)}</td>`)}</tr>`)}</tbody>
  </table></div>`
}
