import { bucket } from '../../../devices/energy.ts'
import { modelOf } from '../../../devices/index.ts'
import { badRequest, invalid } from '../../../lib/problem.ts'
import { day, iso, parseTime, type Millis } from '../../../lib/time.ts'
import { type ChargingSession, type ChargingSessionsQuery, type ChargingStatistics, type ChargingStatisticsQuery } from '../../../contract/statistics.ts'
import { bucketStart } from '../../../devices/weather.ts'
import { type AssetRow } from '../../../store/assets.ts'
import { type ReadTx } from '../../../store/store.ts'
import { findAssetOf } from '../../sight/find.ts'
import { quietUntil } from '../../sight/turns.ts'
import { ledgerStart } from '../../truth/ledger.ts'
import { deviceBehind } from '../../truth/rows.ts'
import { currentState } from '../../truth/states.ts'
import { KnownFigures, type Made } from '../known-figures.ts'
import { timingOf } from '../../truth/timing.ts'
import { bucketing, lengths, parseOffset, type Bucket } from './buckets.ts'
import { consumptionOf, type Consumption } from './consumption.ts'
import { sumUp } from './figures.ts'

/** Entries that an answer has at most. Our choice: a hundred days of quarter hours. */
const mostEntries = 10_000

/** Days of a device that are looked through for an answer at most. Our choice: a year of some 50 devices. */
const mostDeviceDays = 20_000

/** What a user's assets of a type consumed in a period, and what it cost, by buckets of time. Those without consumption are left out. */
export function chargingStatistics (tx: ReadTx, userId: string, query: ChargingStatisticsQuery): ChargingStatistics[] {
  const { resolution = 'DAY', utcOffset } = query
  const { from, to } = periodOf(tx, query)
  const bucketAt = bucketing(resolution, parseOffset(utcOffset))
  requireFewEntries(Math.ceil((to - from) / lengths[resolution]), `buckets of ${resolution}`, `at most ${Math.floor(mostEntries * lengths[resolution] / day)} days at a time, or a longer resolution`)
  const assets = assetsOf(tx, userId, query, to - from)
  const question = [...assets.map(asset => asset.id), resolution, utcOffset, query.locationId].join(' ')
  let parts: readonly Consumption[] | undefined
  let next = 0
  const entries = tx.memory.of(KnownFigures).between<ChargingStatistics | null>(question, boundariesOf(assets, from, to, bucketAt), (begin, end) => {
    parts ??= partsOf(tx, assets, begin, to, query.locationId)
    const first = next
    while ((parts[next]?.at ?? Infinity) < end) next++
    const within = parts.slice(first, next)
    return { figure: first === next ? null : { ...sumUp(within, tx.now), date: iso(bucketAt(begin).from) }, isFinal: isFinal(tx, end, within) }
  })
  return entries.filter(each => each !== null)
}

/** Until when an answer stays as it is unless anything is written: the moment at which a sample ends, or the present one while any of the assets draws energy or is in a plan. */
export function chargingHoldsUntil (tx: ReadTx, userId: string, { id, type }: ChargingSessionsQuery): Millis {
  const sample = bucketStart(tx.now)
  const assets = id === undefined ? linkedOf(tx, userId, type) : [findAssetOf(tx, userId, type, id)]
  return Math.min(sample + bucket, ...assets.map(asset => {
    const device = deviceBehind(tx, asset)
    const state = currentState(tx, device)
    const { flow } = modelOf(asset.kind)
    const isDrawing = flow === undefined || flow.powerKw(state) !== 0 || (flow.awayKw?.(state) ?? 0) !== 0 || consumptionOf(tx, asset, sample, tx.now).length > 0
    return isDrawing || tx.smartPlans.isExecuting(asset.id) ? tx.now : quietUntil(tx, asset, device, state)
  }))
}

/** Where each bucket of a period begins, as far as any of the assets was there, and where the period ends. */
function boundariesOf (assets: readonly AssetRow[], from: Millis, to: Millis, bucketAt: (at: Millis) => Bucket): Millis[] {
  const boundaries: Millis[] = []
  for (let at = Math.max(from, bucketStart(Math.min(...assets.map(asset => asset.created_at)))); at < to; at = bucketAt(at).to) boundaries.push(at)
  return [...boundaries, to]
}

/** What assets consumed, in order of time. */
function partsOf (tx: ReadTx, assets: readonly AssetRow[], from: Millis, to: Millis, locationId: string | undefined): readonly Consumption[] {
  const each = assets.map(asset => atLocation(consumptionOf(tx, asset, from, to), locationId))
  return each.length === 1 ? each[0] ?? [] : each.flat().sort((a, b) => a.at - b.at)
}

/** The sessions of a user's assets of a type that lie in a period or reach into it, each with all of its figures, in order. */
export function chargingSessions (tx: ReadTx, userId: string, query: ChargingSessionsQuery): ChargingSession[] {
  const period = periodOf(tx, query)
  const known = tx.now - timingOf(tx).sessions
  const sessions = assetsOf(tx, userId, query, period.to - period.from).flatMap(asset => sessionsOf(tx, asset, period, known))
    .filter(({ from, to, parts }) => from < period.to && to > period.from && atLocation(parts, query.locationId).length > 0)
    .sort((a, b) => a.from - b.from)
  requireFewEntries(sessions.length, 'sessions', 'a shorter period, or one device with "id"')
  return sessions.flatMap(session => tx.memory.of(KnownFigures).between(`sessions of ${session.asset.id}`, [session.from, session.to], () => shown(tx, session)))
}

function shown (tx: ReadTx, { asset, from, to, parts }: Session): Made<ChargingSession> {
  const figure = { ...sumUp(parts, tx.now), id: asset.id, locationId: parts[0]?.stay.location_id ?? null, from: iso(from), to: iso(to) }
  return { figure, isFinal: isFinal(tx, to, parts) }
}

/** Whether what was consumed up to a moment stays as it is. A sample that began before may go on for a while. */
function isFinal (tx: ReadTx, to: Millis, parts: readonly Consumption[]): boolean {
  return Math.ceil(to / bucket) * bucket <= tx.now && parts.every(({ move }) => move?.isFinal !== false)
}

interface Period { from: Millis, to: Millis }

interface Session extends Period { asset: AssetRow, parts: readonly Consumption[] }

/** A session is made of consecutive samples with consumption at one location, of two at least. One that begins before the period or lasts longer is found whole. */
function sessionsOf (tx: ReadTx, asset: AssetRow, period: Period, known: Millis, margin = day): Session[] {
  const [from, to] = [bucketStart(period.from), Math.min(period.to, known)]
  if (from >= to) return []
  const parts = consumptionOf(tx, asset, from, to)
  const earliest = ledgerStart(tx)
  const beginsEarlier = from > earliest && (parts[0]?.at ?? Infinity) <= from
  const lastsLonger = to < known && (parts.at(-1)?.at ?? -Infinity) + bucket >= to
  if (beginsEarlier || lastsLonger) {
    return sessionsOf(tx, asset, { from: beginsEarlier ? Math.max(earliest, from - margin) : from, to: lastsLonger ? to + margin : to }, known, 2 * margin)
  }
  const sessions: Session[] = []
  for (let first = 0, next = 0; first < parts.length; first = next) {
    do next++
    while (next < parts.length && continues(parts[next - 1], parts[next]))
    const [begin, end] = [parts[first]?.at ?? from, parts[next - 1]?.at ?? to]
    if (begin < end) sessions.push({ asset, from: begin, to: Math.min(end + bucket, tx.now), parts: parts.slice(first, next) })
  }
  return sessions
}

function continues (a: Consumption | undefined, b: Consumption | undefined): boolean {
  return a !== undefined && b !== undefined && b.at - a.at <= bucket && a.stay.location_id === b.stay.location_id
}

/** What was asked for, as far as it is in the past and in the ledger still. */
function periodOf (tx: ReadTx, { startDate, endDate }: ChargingSessionsQuery): Period {
  const from = timeOf('startDate', startDate)
  const to = endDate === undefined ? Infinity : timeOf('endDate', endDate)
  if (to < from) throw invalid(`"endDate" ${endDate} must not lie before "startDate" ${startDate}`, ['endDate'], 'date.min')
  return { from: Math.max(from, ledgerStart(tx)), to: Math.min(to, tx.now) }
}

function timeOf (name: string, text: string): Millis {
  const at = parseTime(text)
  if (at === undefined) throw invalid(`"${name}" ${text} must be a timestamp between the years 1971 and 9000`, [name], 'date.range')
  return at
}

/** The asset that is asked for or, without an id, all of the user's that are of the type. An unknown user has none. */
function assetsOf (tx: ReadTx, userId: string, { id, type }: ChargingSessionsQuery, period: Millis): AssetRow[] {
  if (id !== undefined) return [findAssetOf(tx, userId, type, id)]
  const assets = linkedOf(tx, userId, type)
  const days = Math.ceil(period / day)
  if (assets.length * days > mostDeviceDays) {
    throw badRequest(`${days} days of ${assets.length} assets are too much for one answer: ask for one asset with "id", or for at most ${Math.floor(mostDeviceDays / assets.length)} days at a time`)
  }
  return assets
}

function linkedOf (tx: ReadTx, userId: string, type: ChargingSessionsQuery['type']): AssetRow[] {
  return tx.assets.ofUser(userId).filter(asset => asset.kind === type && asset.is_linked === 1)
}

function atLocation (parts: readonly Consumption[], locationId: string | undefined): readonly Consumption[] {
  return locationId === undefined ? parts : parts.filter(({ stay }) => stay.location_id === locationId)
}

function requireFewEntries (count: number, what: string, ask: string): void {
  if (count > mostEntries) throw badRequest(`${count} ${what} are too many for one answer, which holds ${mostEntries}: ask for ${ask}`)
}
