import { html } from './dom.js'
import { kwh, localMoment, numberOf, percent, words } from './format.js'
import { button, field, loading, select } from './parts.js'
import { hoursIn } from './plot-parts.js'
import { carPlot } from './plot-car.js'

/** What a car has that nothing else has: a day of its own, and somewhere to go. */
export function carParts (state, device) {
  const day = state.days.get(device.id)
  const car = day?.devices.find(({ id }) => id === device.id)
  return html`<section class="card" data-key="car day"><h2>Its last 24 hours</h2>
    ${car?.whereabouts == null ? loading : carDay(state, device, day, car)}</section>
  ${state.trips !== undefined && html`<section class="card" data-key="wheel"><h2>Where it goes next</h2>${wheel(state, device)}</section>`}`
}

function carDay (state, device, day, car) {
  const sessions = sessionsOf(day, car)
  const sum = of => sessions.filter(of).reduce((total, session) => total + session.kwh, 0)
  const driven = car.trips.reduce((total, { km, arrivedAt }) => arrivedAt === null ? total : total + km, 0)
  const used = car.trips.reduce((total, trip) => trip.arrivedAt === null ? total : total + trip.kwh, 0)
  const tiles = [
    ['Driven', `${numberOf(driven)} km`],
    ['Used on the way', driven === 0 ? kwh(used) : `${kwh(used)}, ${numberOf(used / driven * 100)} for 100 km`],
    ['Charged at home', kwh(sum(({ isAway }) => !isAway))],
    ['Charged elsewhere', kwh(sum(({ isAway }) => isAway))]
  ]
  const key = `car ${device.id}`
  return html`<div class="day"><p class="soft">Physically, on the clock of ${day.timezone.split('/').at(-1).replaceAll('_', ' ')}. The API shows what polls have seen of it.</p>
    <dl class="tiles">${tiles.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    ${carPlot(key, day, car, { width: state.plotWidth, at: state.moments.get(key) })}
    <div class="columns"><section><h3>Trips</h3>${tripTable(day, car.trips)}</section><section><h3>Charging</h3>${sessionTable(day, sessions)}</section></div></div>`
}

const span = (day, from, to) => `${localMoment(from, day.timezone, day.to)}–${to === null ? 'now' : localMoment(to, day.timezone, to)}`

function tripTable (day, trips) {
  if (trips.length === 0) return html`<p class="soft">It did not drive.</p>`
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Trips of the last 24 hours"><table class="figures"><thead><tr><th scope="col">When</th><th scope="col">What for</th><th scope="col">km</th><th scope="col">kWh</th><th scope="col">Battery</th></tr></thead>
    <tbody>${trips.map(trip => html`<tr><th scope="row">${span(day, trip.departedAt, trip.arrivedAt)}</th><td>${words(trip.purpose)}${trip.arrivedAt === null && ', under way'}</td><td>${numberOf(trip.km)}</td><td>${numberOf(trip.kwh, trip.kwh < 1 ? 2 : 1)}${trip.chargedKwh > 0 && html`<br><small>${numberOf(trip.chargedKwh)} charged</small>`}</td><td>${Math.floor(trip.startPercent)} to ${percent(trip.endPercent)}</td></tr>`)}</tbody></table></div>`
}

/** Times at which it drew from a socket without a pause, to the bucket. */
function sessionsOf (day, car) {
  const start = Date.parse(day.from)
  const sessions = []
  for (const [values, isAway] of [[car.kw, false], [car.awayKw, true]]) {
    let session
    values.forEach((kw, i) => {
      if (kw === null || kw <= 0) { session = undefined; return }
      const from = start + i * day.bucketMinutes * 60_000
      if (session === undefined) sessions.push(session = { from, isAway, kwh: 0, isOnWay: true })
      session.to = from + hoursIn(day, i) * 3_600_000
      session.kwh += kw * hoursIn(day, i)
      session.isOnWay &&= isAway && car.whereabouts[i] === 'under way'
    })
  }
  return sessions.toSorted((a, b) => a.from - b.from)
}

function sessionTable (day, sessions) {
  if (sessions.length === 0) return html`<p class="soft">It did not charge.</p>`
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Charging in the last 24 hours"><table class="figures"><thead><tr><th scope="col">When, to ${day.bucketMinutes} minutes</th><th scope="col">Where</th><th scope="col">kWh</th></tr></thead>
    <tbody>${sessions.map(({ from, to, isAway, isOnWay, kwh }) => html`<tr><th scope="row">${span(day, from, to)}</th><td>${isOnWay ? 'Fast, on its way' : isAway ? 'Elsewhere' : 'At home'}</td><td>${numberOf(kwh, kwh < 1 ? 2 : 1)}</td></tr>`)}</tbody></table></div>`
}

const goals = { work: 'to work', errand: 'on an errand', leisure: 'for a while out', long: 'on a long trip', holiday: 'on holiday', home: 'home' }

function wheel (state, device) {
  const { next, isHeld } = state.trips
  const { timezone } = device.state.driver?.home ?? device.state.place
  const hasLife = state.life?.given != null && state.life.given.name !== 'still'
  return html`<p>${next === null ? 'Nothing is planned: it stands until somebody moves it.' : html`It leaves ${goals[next.purpose] ?? ''}: <b><time>${localMoment(next.at, timezone, state.now())}</time></b>.`}</p>
    ${isHeld && html`<p class="because">A change from outside has taken the wheel: its life does not move it.</p>`}
    <div class="acts">${isHeld && hasLife && button('Give back the wheel', 'resume', { id: device.id }, { look: 'primary' })}</div>
    <details data-key="trip"><summary>Send on a trip…</summary>${tripForm(device)}</details>`
}

const winds = [[0, 'North'], [45, 'North-east'], [90, 'East'], [135, 'South-east'], [180, 'South'], [225, 'South-west'], [270, 'West'], [315, 'North-west']]
const starts = [['', 'Now'], ['1', 'In 1 hour'], ['3', 'In 3 hours'], ['6', 'In 6 hours'], ['12', 'In 12 hours'], ['24', 'In a day']]
const stays = [['PT15M', '15 minutes'], ['PT1H', '1 hour'], ['PT4H', '4 hours'], ['PT8H', '8 hours'], ['P1D', 'A day'], ['P7D', 'A week'], ['', 'It stays there']]

function tripForm ({ id }) {
  return html`<form class="stack" data-form="sendOnTrip"><input type="hidden" name="id" value="${id}">
    <div class="fields">${field('Kilometres by road', html`<input type="number" name="km" min="0.1" max="3000" step="any" value="20" required inputmode="decimal">`)}
    ${field('Towards', select('bearing', winds.map(([degrees, says]) => [String(degrees), says]), '90'))}
    ${field('Leaves', select('after', starts, ''))}${field('Stays there', select('stay', stays, 'PT1H'))}</div>
    <p class="switch"><label><input type="checkbox" name="plugsIn"> It is plugged in there</label></p>
    <button class="primary">Send it</button></form>`
}
