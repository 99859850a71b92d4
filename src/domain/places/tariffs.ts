import { badRequest, invalid, notFound } from '../../lib/problem.ts'
import { day } from '../../lib/time.ts'
import { type LinkTariffBody, type TariffRate, type TariffScheduleEntry } from '../../contract/tariff.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'
import { fromJson } from '../../lib/json.ts'
import { findLocation } from '../sight/find.ts'
import { touchAt } from './locations.ts'
import { clockText, findOverlap, ratesAt, weekdayOf } from '../prices/tariff-week.ts'

/** The rates of a tariff, as they were given. */
export function findTariff (tx: ReadTx, id: string): TariffRate[] {
  const rates = tx.tariffs.rates(id)
  if (rates === undefined) throw notFound('Tariff', id)
  return fromJson(rates)
}

/** Makes a tariff or replaces it. Where an older version is linked, a rate that the new one lacks leaves a gap. */
export function putTariff (tx: Tx, id: string, rates: readonly TariffRate[]): void {
  const names = new Set<string>()
  rates.forEach(({ name }, i) => {
    if (names.has(name)) throw invalid(`"[${i}].name" ${JSON.stringify(name)} is the name of another rate of the tariff`, [i, 'name'], 'array.unique')
    names.add(name)
  })
  tx.tariffs.put(id, JSON.stringify(rates))
  for (const location of tx.locations.withTariff(id)) touchAt(tx, location)
}

/** Says which rate of a tariff holds when at a location, in place of what was said before. */
export function linkTariff (tx: Tx, locationId: string, { tariffId, tariffIntervals }: LinkTariffBody): void {
  const location = findLocation(tx, locationId)
  const names = new Set(findTariff(tx, tariffId).map(rate => rate.name))
  tariffIntervals.forEach(({ name }, i) => {
    if (!names.has(name)) throw invalid(`"tariffIntervals[${i}].name" ${JSON.stringify(name)} must be the name of a rate of tariff ${tariffId}, see GET /tariffs/${tariffId}`, ['tariffIntervals', i, 'name'], 'any.only')
  })
  const overlap = findOverlap(tariffIntervals)
  if (overlap !== undefined) {
    const [a, b] = overlap.indexes
    throw badRequest(`"tariffIntervals[${a}]" and "tariffIntervals[${b}]" overlap on ${weekdays[overlap.weekday]} at ${overlap.at}: only one rate can hold at a time`, 'Overlapping tariff schedule')
  }
  tx.locations.setTariff(locationId, tariffId, JSON.stringify(tariffIntervals))
  touchAt(tx, location)
}

/** Which rate holds when at a location on each of the seven UTC days from this one, sorted by day of the week; none when no tariff is linked. */
export function showTariffSchedule (tx: ReadTx, locationId: string): TariffScheduleEntry[] {
  const location = findLocation(tx, locationId)
  const today = Math.floor(tx.now / day) * day
  const days = weekdays.map((_, i) => today + i * day).sort((a, b) => weekdayOf(a) - weekdayOf(b))
  return days.flatMap(start => ratesAt(location, start, start + day).map(({ from, to, name }) => ({
    weekday: weekdayOf(start),
    fromHourMinute: clockText(from - start),
    toHourMinute: clockText(to - start),
    tariffId: String(location.tariff_id),
    tariffName: name
  })))
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
