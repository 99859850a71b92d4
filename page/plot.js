import { html } from './dom.js'
import { celsius, kw, kwh, numberOf } from './format.js'
import { nameOf } from './kinds.js'
import { across, area, band, edge, hours, hoursIn, legend, line, localTime, placeName, scrub, ticksOf } from './plot-parts.js'

const { left, right, top, bottom } = edge

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
    ${day.devices.filter(({ whereabouts }) => whereabouts !== null).map(car => carBand(day, car, devices, width, moment))}
    ${chart('power', 'Power, kW', curves.power, 210, kw)}
    ${chart('level', 'Battery level, %', curves.level, 120, value => `${numberOf(value, 0)} %`, day.devices.some(({ type }) => type === 'vehicle') ? '; of a car where that is known' : '')}
    ${chart('temperature', 'Temperature, °C', curves.temperature, 120, celsius, '; of a room since midnight UTC or its last change')}
    ${scrub(id, day, moment)}
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

/** Where a car of the home was, over the same axis as its energy. */
function carBand (day, car, devices, width, moment) {
  const device = devices.find(({ id }) => id === car.id)
  const name = device === undefined ? 'Car' : nameOf(device)
  const where = placeName(car.whereabouts[moment])
  const x = across(day, width)
  return html`<figure class="chart" data-key="band ${car.id}"><figcaption>Where ${name} was <b>${where}</b></figcaption>
    <svg class="plot" viewBox="0 0 ${width} 22" width="${width}" height="22" role="img" aria-label="${name}: ${where} at ${localTime(day, moment)}." data-n="${day.houseKw.length}" data-left="${left}" data-right="${right}">
      ${band(day, car, x, 1, 20)}<line class="now" x1="${x(moment)}" x2="${x(moment)}" y1="0" y2="22"/></svg></figure>`
}

function drawn ({ day, series, width, height, moment, unit, title }) {
  const known = series.flatMap(({ values }) => values.filter(value => value !== null))
  const ticks = ticksOf(Math.min(0, ...known), Math.max(title.includes('level') ? 100 : 1, ...known), height)
  const [low, high] = [ticks[0], ticks.at(-1)]
  const n = day.houseKw.length
  const x = across(day, width)
  const y = value => top + (high - value) / (high - low) * (height - top - bottom)
  const says = `${title}. ${series.map(({ name, values }) => `${name} ${values[moment] == null ? 'unknown' : unit(values[moment])}`).join(', ')} at ${localTime(day, moment)}.`
  return html`<svg class="plot" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${says}" data-n="${n}" data-left="${left}" data-right="${right}">
    ${ticks.map(value => html`<line class="${value === 0 ? 'zero' : 'grid'}" x1="${left}" x2="${width - right}" y1="${y(value)}" y2="${y(value)}"/><text x="${left - 8}" y="${y(value) + 4}" text-anchor="end">${numberOf(value, Number.isInteger(value) ? 0 : 1)}</text>`)}
    ${hours(day, width, x, height - 6)}
    ${series.map(({ look, values, isArea }) => html`${isArea && html`<path class="area ${look}" d="${area(values, x, y)}"/>`}<path class="line ${look}" d="${line(values, x, y)}"/>`)}
    <line class="now" x1="${x(moment)}" x2="${x(moment)}" y1="${top}" y2="${height - bottom}"/>
    ${series.map(({ look, values }) => values[moment] == null ? '' : html`<circle class="dot ${look}" cx="${x(moment)}" cy="${y(values[moment])}" r="3.5"/>`)}
  </svg>`
}

/** Sums over what is recorded: what came from where. */
function sums (day) {
  const sum = (values, of) => values.reduce((sum, value, i) => sum + (value === null ? 0 : of(value) * hoursIn(day, i)), 0)
  const ofKind = (type, of) => day.devices.filter(each => each.type === type).reduce((total, each) => total + sum(each.kw, of), 0)
  const has = type => day.devices.some(each => each.type === type)
  const gained = value => Math.max(0, value)
  const given = value => Math.max(0, -value)
  const tiles = [
    has('inverter') && ['Solar', ofKind('inverter', given)],
    ['From the grid', sum(day.gridKw, gained)],
    (has('inverter') || has('battery')) && ['To the grid', sum(day.gridKw, given)],
    has('battery') && ['Into the battery', ofKind('battery', gained)],
    (has('vehicle') || has('charger')) && ['Cars, at home', ofKind('vehicle', gained) + ofKind('charger', gained)],
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
