import { Calendars, dateAt, type Calendar } from '../../lib/calendar.ts'
import { bucket } from '../../devices/energy.ts'
import { bucketStart } from '../../devices/weather.ts'
import { badRequest } from '../../lib/problem.ts'
import { day, iso, minute, type Millis } from '../../lib/time.ts'
import { type InverterStatistics } from '../../contract/inverter.ts'
import { rounded } from '../../devices/rounding.ts'
import { type AssetRowOf, type DeviceRowOf } from '../../store/assets.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'
import { announce, isAwaited } from '../tell/events.ts'
import { KnownFigures } from './known-figures.ts'
import { ledgerStart, sumsBetween } from '../truth/ledger.ts'
import { isInTouch } from '../sight/seen.ts'
import { producedBy } from '../truth/production.ts'
import { homeOf } from '../truth/home.ts'
import { timingOf } from '../truth/timing.ts'
import { deviceBehind, stateOf, viewOf } from '../truth/rows.ts'

const updated = 'user:inverter:statistics-updated'

/** How far back figures go from when an inverter was linked, as documented. */
const before = { quarterHours: 30 * day, months: 3 } as const

const quarterHour = 15 * minute

/** Digits after the point of a kWh: a thousandth of a watt-hour. */
const digits = 6

/** A day or, without `day`, a month by the calendar of the inverter. */
export interface Interval { year: number, month: number, day?: number | undefined }

/** What an inverter produced in an interval, and when to ask again if that may still change. A 400 where there is no such interval, or was no inverter yet. */
export function inverterStatistics (tx: ReadTx, asset: AssetRowOf<'inverter'>, interval: Interval): InverterStatistics & { retryAfter?: string } {
  const device = deviceBehind(tx, asset)
  const { place: { timezone }, installedAt } = stateOf(device)
  const calendar = calendarOf(tx, timezone, interval)
  if (calendar === undefined) throw badRequest(`There is no ${nameOf(interval)} in the calendar`)
  if (calendar.to <= installedAt) throw badRequest(`The interval ${nameOf(interval)} lies before the installation date of the inverter, ${iso(installedAt)}`)
  const hasStatistics = viewOf(asset).capabilities.productionStatistics.isCapable
  const earliest = calendar.from < asset.created_at ? earliestOf(tx, asset, timezone, interval) : asset.created_at
  const values = hasStatistics ? valuesOf(tx, device, calendar, installedAt, isBackfilled(tx, asset) ? earliest : asset.created_at) : []
  const series = { unit: 'kWh' as const, data: hasStatistics ? calendar.labels.map((date, i) => ({ date, value: values[i] ?? null })) : null }
  const retryAfter = hasStatistics ? changesAt(tx, asset, calendar, earliest) : undefined
  return {
    timezone,
    resolutions: interval.day === undefined ? { DAY: series } : { QUARTER_HOUR: series },
    ...(retryAfter !== undefined && { retryAfter: iso(retryAfter) })
  }
}

/** Until when an answer stays as it is unless anything is written: figures are of weather that holds for a while, and its past comes in at a moment of its own. */
export function inverterHoldsUntil (tx: ReadTx, asset: AssetRowOf<'inverter'>): Millis {
  const sample = bucketStart(tx.now) + bucket
  return isBackfilled(tx, asset) ? sample : Math.min(sample, asset.created_at + timingOf(tx).backfill)
}

/** What begins when an inverter is linked: shortly after, its past is known, and after each of its days that is final. */
export function watchStatistics (tx: Tx, asset: AssetRowOf<'inverter'>): void {
  tx.timers.schedule(tx.now + timingOf(tx).backfill, 'inverter.backfill', asset.id)
  tx.timers.schedule(nextDayAt(tx, asset), 'inverter.day', asset.id)
}

export function ignoreStatistics (tx: Tx, assetId: string): void {
  tx.timers.cancel('inverter.backfill', assetId)
  tx.timers.cancel('inverter.day', assetId)
}

/** The past of an inverter came in: each of its days and months is announced. */
export function onBackfill (tx: Tx, assetId: string): void {
  const asset = tx.assets.get(assetId)
  if (asset?.kind !== 'inverter' || !isAwaited(tx, updated)) return
  const { place: { timezone }, installedAt } = stateOf(deviceBehind(tx, asset))
  const months = Array.from({ length: before.months + 1 }, (_, i) => tx.almanac.of(Calendars).monthsLater(timezone, tx.now, i - before.months)).map(at => ({ ...dateAt(timezone, at), day: undefined }))
  const days = Array.from({ length: before.quarterHours / day + 1 }, (_, i) => dateAt(timezone, tx.now - before.quarterHours + i * day))
  for (const interval of [...months, ...days]) {
    if ((calendarOf(tx, timezone, interval)?.to ?? 0) > installedAt) announceStatistics(tx, asset, interval)
  }
}

/** A day of an inverter is final. */
export function onDay (tx: Tx, assetId: string): void {
  const asset = tx.assets.get(assetId)
  if (asset?.kind !== 'inverter') return
  const device = deviceBehind(tx, asset)
  tx.timers.schedule(nextDayAt(tx, asset), 'inverter.day', assetId)
  if (!isAwaited(tx, updated) || !isInTouch(tx, device)) return
  const { timezone } = stateOf(device).place
  // The day before the one that has begun.
  const { year, month, day: dayOfMonth } = dateAt(timezone, tx.almanac.of(Calendars).today(timezone, tx.now - timingOf(tx).final).from - 1)
  announceStatistics(tx, asset, { year, month, day: dayOfMonth })
  announceStatistics(tx, asset, { year, month })
}

function announceStatistics (tx: Tx, asset: AssetRowOf<'inverter'>, interval: Interval): void {
  announce(tx, { event: updated, userId: asset.user_id, object: ['statistics', JSON.stringify(toldStatistics(tx, asset, interval))], assetId: asset.id })
}

/** The statistics of the present day of an inverter, as an event tells them. */
export function statisticsOfToday (tx: ReadTx, asset: AssetRowOf<'inverter'>) {
  const { timezone } = stateOf(deviceBehind(tx, asset)).place
  return toldStatistics(tx, asset, dateAt(timezone, tx.now))
}

function toldStatistics (tx: ReadTx, asset: AssetRowOf<'inverter'>, interval: Interval) {
  const { timezone, resolutions } = inverterStatistics(tx, asset, interval)
  return { timezone, resolutions, inverterId: asset.id, day: interval.day ?? null, month: interval.month, year: interval.year }
}

/** kWh for each bucket of the calendar from `earliest` on; null what is unknown: what was before the installation, and the future. */
function valuesOf (tx: ReadTx, device: DeviceRowOf<'inverter'>, { boundaries, to: end }: Calendar, installedAt: Millis, earliest: Millis): Array<number | null> {
  const question = `${device.id} of ${homeOf(tx, device).serial} produced since ${Math.max(boundaries[0] ?? 0, ledgerStart(tx))}, known since ${earliest}`
  let produced: { since: Millis, kwh: Float64Array } | undefined
  return tx.memory.of(KnownFigures).between<number | null>(question, boundaries, (from, to) => {
    const isFinal = to <= tx.now
    if (from < earliest || to <= installedAt || from >= tx.now) return { figure: null, isFinal }
    produced ??= { since: from, kwh: producedBy(tx, device, from, Math.min(end, tx.now)) }
    return { figure: rounded(sumsBetween(produced.kwh, produced.since, [from, to])[0] ?? 0, digits), isFinal }
  })
}

/** From when on figures for an interval become known, at the resolution that it has. */
function earliestOf (tx: ReadTx, asset: AssetRowOf<'inverter'>, timezone: string, interval: Interval): Millis {
  return interval.day === undefined ? tx.almanac.of(Calendars).monthsLater(timezone, asset.created_at, -before.months) : asset.created_at - before.quarterHours
}

function isBackfilled (tx: ReadTx, asset: AssetRowOf<'inverter'>): boolean {
  return tx.now >= asset.created_at + timingOf(tx).backfill
}

/** When figures of an interval are next known to change; undefined when they are final. */
function changesAt (tx: ReadTx, asset: AssetRowOf<'inverter'>, { from, to, boundaries }: Calendar, earliest: Millis): Millis | undefined {
  const { backfill, final } = timingOf(tx)
  if (from < asset.created_at && to > earliest && !isBackfilled(tx, asset)) return asset.created_at + backfill
  if (tx.now >= to + final) return undefined
  return (boundaries.slice(1).find(end => end + final > tx.now) ?? to) + final
}

function calendarOf (tx: ReadTx, timezone: string, { year, month, day: dayOfMonth }: Interval): Calendar | undefined {
  const calendars = tx.almanac.of(Calendars)
  return dayOfMonth === undefined ? calendars.month(timezone, year, month) : calendars.day(timezone, year, month, dayOfMonth, quarterHour)
}

function nextDayAt (tx: ReadTx, asset: AssetRowOf<'inverter'>): Millis {
  const { timezone } = stateOf(deviceBehind(tx, asset)).place
  const { final } = timingOf(tx)
  return tx.almanac.of(Calendars).today(timezone, tx.now - final).to + final
}

function nameOf ({ year, month, day: dayOfMonth }: Interval): string {
  return [year, month, ...(dayOfMonth === undefined ? [] : [dayOfMonth])].map(part => String(part).padStart(2, '0')).join('-')
}
