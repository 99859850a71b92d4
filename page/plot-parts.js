import { html } from './dom.js'

/** What plots of a day have in common. */

export const edge = { left: 44, right: 8, top: 8, bottom: 22 }

/** Where a bucket begins along the axis of time. */
export function across (day, width, right = edge.right) {
  const most = Math.max(1, day.houseKw.length - 1)
  return i => edge.left + Math.max(0, Math.min(most, i)) / most * (width - edge.left - right)
}

/** How many hours of a bucket are over. */
export function hoursIn ({ from, to, bucketMinutes }, i) {
  return Math.min(bucketMinutes / 60, (Date.parse(to) - Date.parse(from)) / 3_600_000 - i * bucketMinutes / 60)
}

const places = { home: 'At home', 'under way': 'Driving', elsewhere: 'Elsewhere' }
export const placeName = where => where == null ? 'Unknown' : places[where]

/** Where a car was, as a band: what it drove fills it at the moments of its trips, however short. */
export function band (day, { whereabouts, trips }, x, y, height) {
  const runs = []
  whereabouts.forEach((where, i) => {
    if (runs.at(-1)?.where === where) runs.at(-1).end = i + 1
    else runs.push({ where, start: i, end: i + 1 })
  })
  const bucketOf = at => (Date.parse(at) - Date.parse(day.from)) / 60_000 / day.bucketMinutes
  return html`${runs.filter(({ where }) => where !== null).map(({ where, start, end }) => stretch(where, x(start), x(end), y, height))}
    ${trips.map(({ departedAt, arrivedAt }) => stretch('under way', x(bucketOf(departedAt)), x(bucketOf(arrivedAt ?? day.to)), y, height))}`
}

function stretch (where, from, to, y, height) {
  const name = placeName(where)
  const isWide = to - from > name.length * 7 + 8
  return html`<rect class="at ${where.replace(' ', '-')}" x="${round(from)}" y="${y}" width="${round(Math.max(1.5, to - from))}" height="${height}"/>${isWide && html`<text class="at ${where.replace(' ', '-')}" x="${round((from + to) / 2)}" y="${y + height / 2 + 4}" text-anchor="middle">${name}</text>`}`
}

export function scrub (id, day, moment) {
  return html`<label class="scrub"><span>At <time>${localTime(day, moment)}</time></span>
      <input type="range" data-scrub="${id}" min="0" max="${day.houseKw.length - 1}" value="${moment}" aria-valuetext="${localTime(day, moment)}"></label>`
}

export function legend (series, moment, unit) {
  return html`<ul class="legend">${series.map(({ name, look, values }) => html`<li><svg class="swatch" viewBox="0 0 18 6" aria-hidden="true"><path class="line ${look}" d="M0 3H18"/></svg>${name} <b>${values[moment] == null ? '–' : unit(values[moment])}</b></li>`)}</ul>`
}

const round = value => Math.round(value * 10) / 10

/** A line with gaps where nothing is known. */
export function line (values, x, y) {
  let isOn = false
  return values.map((value, i) => {
    if (value === null) { isOn = false; return '' }
    const point = `${isOn ? 'L' : 'M'}${round(x(i))} ${round(y(value))}`
    isOn = true
    return point
  }).join('')
}

export function area (values, x, y) {
  const first = values.findIndex(value => value !== null)
  if (first < 0) return ''
  const last = values.findLastIndex(value => value !== null)
  return `${line(values.map(value => value ?? 0).slice(first, last + 1), i => x(i + first), y)}L${round(x(last))} ${round(y(0))}L${round(x(first))} ${round(y(0))}Z`
}

/** Round numbers that hold all values between the first and the last. */
export function ticksOf (low, high, height) {
  const most = height > 150 ? 5 : 3
  const rough = (high - low) / most
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map(times => times * power).find(step => step >= rough)
  const ticks = []
  for (let k = Math.floor(low / step); k <= Math.ceil(high / step); k++) ticks.push(Math.round(k * step * 1e6) / 1e6)
  return ticks
}

/** Full hours of the home's own clock below an axis, as many as there is room for. */
export function hours (day, width, x, y) {
  return hoursOf(day, width).map(({ i, says }) => html`<text x="${x(i)}" y="${y}" text-anchor="middle">${says}</text>`)
}

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
export function localTime ({ from, bucketMinutes, timezone }, i) {
  if (!clocks.has(timezone)) clocks.set(timezone, new Intl.DateTimeFormat('en-GB', { timeZone: timezone, hour: '2-digit', minute: '2-digit' }))
  return clocks.get(timezone).format(Date.parse(from) + i * bucketMinutes * 60_000)
}
