const utc = (options) => new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options })
const dates = utc({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
const shortDates = utc({ day: 'numeric', month: 'short' })
const times = utc({ hour: '2-digit', minute: '2-digit', second: '2-digit' })

export const dateOf = at => dates.format(new Date(at))
export const timeOf = at => times.format(new Date(at))

const zones = new Map()
/** A moment on the clock of a place, with its day where that is not the day of `now` there. */
export function localMoment (at, timeZone, now) {
  if (!zones.has(timeZone)) {
    const format = options => new Intl.DateTimeFormat('en-GB', { timeZone, ...options })
    zones.set(timeZone, { day: format({ weekday: 'short', day: 'numeric', month: 'short' }), time: format({ hour: '2-digit', minute: '2-digit' }) })
  }
  const { day, time } = zones.get(timeZone)
  const [date, clock] = [day.format(new Date(at)), time.format(new Date(at))]
  return now !== undefined && date === day.format(new Date(now)) ? clock : `${date}, ${clock}`
}

/** A moment in a list: with its day where that is not the day of `now`. */
export function momentOf (at, now) {
  const isToday = now !== undefined && String(at).slice(0, 10) === new Date(now).toISOString().slice(0, 10)
  return isToday ? timeOf(at) : `${shortDates.format(new Date(at))} ${timeOf(at)}`
}

export function numberOf (value, digits = 1) {
  // Adding zero takes the sign off minus zero, and rounding first makes it one.
  return (Math.round(value * 10 ** digits) / 10 ** digits + 0).toLocaleString('en-GB', { maximumFractionDigits: digits, minimumFractionDigits: digits })
}

export const kw = value => `${numberOf(value, Math.abs(value) < 10 ? 2 : 1)} kW`
export const kwh = value => `${numberOf(value)} kWh`
export const percent = value => `${Math.floor(value + 1e-9)} %`
export const celsius = value => `${numberOf(value)} °C`

export function minutesOf (minutes) {
  const [hours, rest] = [Math.floor(minutes / 60), Math.round(minutes % 60)]
  return hours === 0 ? `${rest} min` : `${hours} h ${rest} min`
}

/** PLUGGED_IN:NO_POWER is "Plugged in, no power". */
export function words (code) {
  const text = String(code).toLowerCase().replaceAll('_', ' ').replaceAll('-', ' ').replaceAll(':', ', ')
  return text[0].toUpperCase() + text.slice(1)
}

/** What an entry of the timeline is about. */
export const kindWords = kind => kind === 'life' ? 'Life at home' : words(kind)

export const count = (n, one, many = `${one}s`) => `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`

/** JSON that a human reads; text that is none stays as it is. */
export function pretty (value) {
  try {
    return JSON.stringify(typeof value === 'string' ? JSON.parse(value) : value, null, 2)
  } catch {
    return String(value)
  }
}
