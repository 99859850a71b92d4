import { html } from './dom.js'
import { kw, numberOf, percent } from './format.js'
import { across, area, band, edge, hours, legend, line, localTime, placeName, scrub } from './plot-parts.js'

const right = 40
const bandTop = 4
const bandHeight = 22
const top = bandTop + bandHeight + 12
const rows = 4

/** A car's day in one plot: where it was, what it drew there, and how full that left its battery. */
export function carPlot (id, day, car, { width, at }) {
  const n = day.houseKw.length
  const moment = at === undefined ? n - 1 : Math.min(at, n - 1)
  const where = placeName(car.whereabouts[moment])
  const power = [{ name: 'Charging at home', look: 'vehicle', values: car.kw, isArea: true }, { name: 'Charging elsewhere', look: 'away', values: car.awayKw, isArea: true }]
  const level = { name: 'Battery level', look: 'level', values: car.levelPercent }
  return html`<div class="day" data-plot="${id}"><figure class="chart" data-key="car"><figcaption><span>Charging, kW</span><b>${where}</b><span>Battery level, %</span></figcaption>
    ${drawn({ day, car, power, level, width, moment, where })}
    <div class="legends">${legend(power, moment, kw)}${legend([level], moment, percent)}</div></figure>${scrub(id, day, moment)}</div>`
}

function drawn ({ day, car, power, level, width, moment, where }) {
  const known = power.flatMap(({ values }) => values.filter(value => value !== null))
  const step = stepFor(Math.max(2, ...known))
  // A car that gives back draws below zero, where no level is.
  const below = Math.ceil(-Math.min(0, ...known) / step)
  const height = top + 42 * (rows + below) + edge.bottom
  const x = across(day, width, right)
  const row = value => height - edge.bottom - 42 * (below + value)
  const [yKw, yLevel] = [value => row(value / step), value => row(value / 100 * rows)]
  const says = `${where} at ${localTime(day, moment)}. ${power.map(({ name, values }) => `${name} ${values[moment] === null ? 'unknown' : kw(values[moment])}`).join(', ')}, battery ${level.values[moment] === null ? 'unknown' : percent(level.values[moment])}.`
  const ticks = Array.from({ length: rows + below + 1 }, (_, i) => i - below)
  return html`<svg class="plot" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${says}" data-n="${day.houseKw.length}" data-left="${edge.left}" data-right="${right}">
    ${band(day, car, x, bandTop, bandHeight)}
    ${ticks.map(i => html`<line class="${i === 0 ? 'zero' : 'grid'}" x1="${edge.left}" x2="${width - right}" y1="${row(i)}" y2="${row(i)}"/><text x="${edge.left - 8}" y="${row(i) + 4}" text-anchor="end">${numberOf(i * step, Number.isInteger(step) ? 0 : 1)}</text>${i >= 0 && html`<text x="${width - right + 8}" y="${row(i) + 4}">${i / rows * 100}</text>`}`)}
    ${hours(day, width, x, height - 6)}
    ${power.filter(({ values }) => values.some(value => value !== null && value !== 0)).map(({ look, values }) => html`<path class="area ${look}" d="${area(values, x, yKw)}"/><path class="line ${look}" d="${line(values.map((value, i) => flows(values, i) ? value : null), x, yKw)}"/>`)}
    <path class="line level" d="${line(level.values, x, yLevel)}"/>
    <line class="now" x1="${x(moment)}" x2="${x(moment)}" y1="${bandTop}" y2="${height - edge.bottom}"/>
    ${level.values[moment] !== null && html`<circle class="dot level" cx="${x(moment)}" cy="${yLevel(level.values[moment])}" r="3.5"/>`}
  </svg>`
}

/** Whether anything flows about a bucket: a line along zero would hide the axis. */
const flows = (values, i) => [i - 1, i, i + 1].some(k => values[k] != null && values[k] !== 0)

/** What a row of the grid is worth, so that four of them hold the most. */
function stepFor (most) {
  return [0.5, 1, 2, 2.5, 3, 4, 5, 10, 15, 20, 25, 30, 40, 50, 75, 100].find(step => step * rows >= most) ?? most / rows
}
