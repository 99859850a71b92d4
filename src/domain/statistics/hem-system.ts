import { Calendars, dateAt, type Calendar } from '../../lib/calendar.ts'
import { bucket } from '../../devices/energy.ts'
import { badRequest, invalid, Problem } from '../../lib/problem.ts'
import { hour, iso, minute, type Millis } from '../../lib/time.ts'
import { type HEMSystemStatistics, type Timeseries } from '../../contract/hem-system.ts'
import { bucketStart } from '../../devices/weather.ts'
import { systemKinds } from '../../devices/index.ts'
import { rounded } from '../../devices/rounding.ts'
import { type DeviceRow } from '../../store/assets.ts'
import { type HemSystemRow } from '../../store/hem-systems.ts'
import { type ReadTx } from '../../store/store.ts'
import { linkingStatuses } from '../faults/faults.ts'
import { ledgerStart } from '../truth/ledger.ts'
import { KnownFigures } from './known-figures.ts'
import { homeOf } from '../truth/home.ts'
import { flowsOf, seriesNames, type Flows, type SystemSeries } from '../truth/flows.ts'
import { devicesOf, digits, installedAt, knownSum, lacks, sitesOf } from '../sight/systems.ts'

/** Vendors that tell energy by the quarter hour; the others do by 5 minutes. Our choice, so that clients meet both. */
const byQuarterHour: readonly string[] = ['SOLAREDGE', 'SMA', 'ENPHASE']

/** Seconds after which to try again a vendor that does not answer: our choice. */
const retryAfter = 300

/** How energy flowed through a system in a day (`YYYY-MM-DD`), as power, or in the days of a month (`YYYY-MM`), as energy. */
export function systemStatistics (tx: ReadTx, system: HemSystemRow, interval: string): HEMSystemStatistics {
  const devices = devicesOf(tx, system)
  const sites = sitesOf(devices)
  const timezone = sites[0]?.place.timezone ?? 'UTC'
  const isDay = interval.length > 'YYYY-MM'.length
  const step = byQuarterHour.includes(system.vendor) ? 15 * minute : bucket
  const [year = 0, month = 0, day = 0] = interval.split('-').map(Number)
  const calendars = tx.almanac.of(Calendars)
  const calendar = isDay ? calendars.day(timezone, year, month, day, step) : calendars.month(timezone, year, month)
  if (calendar === undefined) throw invalid(`"interval" ${interval} is no date of the calendar`, ['interval'], 'date.format')
  if (calendar.to <= installedAt(sites)) throw badRequest(`The interval ${interval} lies before the installation date of the HEM system, ${iso(installedAt(sites))}`)
  if (calendar.from > tx.now) throw badRequest(`The interval ${interval} lies in the future: in ${timezone} it is ${Object.values(dateAt(timezone, tx.now)).map(part => String(part).padStart(2, '0')).join('-')}`)
  requireVendor(tx, system, devices)

  const buckets = bucketsOf(tx, system, devices, calendar, isDay)
  const missing = { ...lacks(devices), ...(!isDay && { batteryLevel: 'The battery level is available for single days, and not for months.' }) }
  const sampling = { mode: 'bucketed' as const, resolution: isDay ? step === bucket ? 'PT5M' as const : 'PT15M' as const : 'P1D' as const }
  const series = seriesNames.map((name): [SystemSeries, Timeseries] => {
    const reason = missing[name] ?? (buckets.some(each => each[name] !== null) ? undefined : whyNothing(tx, devices, calendar))
    if (reason !== undefined) return [name, { isAvailable: false, reason }]
    const unit = name === 'batteryLevel' ? { unit: '%' as const, unitType: 'SoC' as const } : isDay ? { unit: 'kW' as const, unitType: 'Power' as const } : { unit: 'kWh' as const, unitType: 'Energy' as const }
    return [name, { isAvailable: true, ...unit, sampling, timezone, data: calendar.labels.map((t, i) => ({ t, v: buckets[i]?.[name] ?? null })) }]
  })
  return { timeseries: Object.fromEntries(series) as HEMSystemStatistics['timeseries'] }
}

/** Until when an answer stays as it is unless anything is written: what is told is of buckets that are over. */
export function systemHoldsUntil (tx: ReadTx): Millis {
  return bucketStart(tx.now) + bucket
}

/** Why a measure that the system has tells nothing of an interval. */
function whyNothing (tx: ReadTx, devices: readonly DeviceRow[], { to }: Calendar): string {
  const [madeAt, earliest] = [Math.max(...devices.map(device => device.recorded_from)), ledgerStart(tx)]
  if (to > tx.now) return 'Nothing of this interval is known yet: no part of it is over.'
  return madeAt >= earliest ? `Nothing was recorded before ${iso(madeAt)}, when the system was first seen.` : `Nothing is kept of what was before ${iso(earliest)}.`
}

/** What to make of the values within a bucket: of how many there are, those that are over. */
type Reading = (values: Float64Array, count: number) => number | null

/** The average power, in kW, of a bucket that is over. */
const powerReading: Reading = (values, count) => values.length < count || values.some(Number.isNaN) ? null : rounded(knownSum(values) * hour / (count * bucket), digits)

/** The energy so far, in kWh. */
const energyReading: Reading = values => values.every(Number.isNaN) ? null : knownSum(values)

/** The level at the start of a bucket that is over, in percent. */
const levelReading: Reading = ([first = NaN, ...others], count) => Number.isNaN(first) || others.length + 1 < count ? null : rounded(first, 2)

type SeriesFigures = Record<SystemSeries, number | null>

const noFigures = Object.fromEntries(seriesNames.map(name => [name, null])) as SeriesFigures

/** What each bucket of a calendar tells of every series. */
function bucketsOf (tx: ReadTx, { device_ids: ids }: HemSystemRow, devices: readonly DeviceRow[], { boundaries, to: last }: Calendar, isDay: boolean): SeriesFigures[] {
  const [first] = devices
  if (first === undefined) return []
  let flows: { since: Millis, of: Flows } | undefined
  const question = `${ids} of ${homeOf(tx, first).serial} ${isDay ? 'in power' : 'in energy'} since ${Math.max(boundaries[0] ?? 0, ledgerStart(tx))}`
  return tx.memory.of(KnownFigures).between(question, boundaries, (from, to) => {
    if (from >= tx.now) return { figure: noFigures, isFinal: false }
    const { since, of } = flows ??= { since: from, of: flowsOf(tx, devices, from, Math.min(last, tx.now)) }
    const [index, count] = [(from - since) / bucket, (to - from) / bucket]
    const over = to <= tx.now || !isDay ? count : Math.floor((tx.now - from) / bucket)
    const figures = seriesNames.map(name => [name, (isDay ? name === 'batteryLevel' ? levelReading : powerReading : energyReading)(of[name].subarray(index, index + over), count)])
    return { figure: Object.fromEntries(figures) as SeriesFigures, isFinal: to <= tx.now }
  })
}

/** The figures are the vendor's, who has to be there, and to let Enode in. */
function requireVendor (tx: ReadTx, { id, vendor }: HemSystemRow, devices: readonly DeviceRow[]): void {
  if (linkingStatuses(tx)(vendor, systemKinds) === 'OUTAGE') {
    throw new Problem({
      status: 503,
      slug: 'vendor-temporarily-unavailable',
      title: 'Vendor Temporarily Unavailable',
      detail: `${vendor} does not answer at the moment. Try again in ${retryAfter} seconds`,
      headers: { 'retry-after': String(retryAfter) }
    })
  }
  if (devices.some(device => tx.accounts.get(device.account_id)?.is_valid === 1)) return
  throw new Problem({
    status: 422,
    slug: 'hem-system-statistics-not-available',
    title: 'HEM System Statistics Not Available',
    detail: `${vendor} no longer accepts the credentials behind HEM system ${id}: its user has to link it again`
  })
}
