import { hour, iso, minute, type Millis } from '../../lib/time.ts'
import { unitAt } from '../../lib/random.ts'
import { type AssetKind, type VendorOf } from '../../contract/vendors.ts'
import { isDelivering } from '../../devices/vehicle/model.ts'
import { type States } from '../../devices/kinds.ts'
import { type AssetRow, type DeviceRow } from '../../store/assets.ts'
import { type ReadTx } from '../../store/store.ts'
import { currentState } from '../truth/states.ts'
import { asOf, storedAt, type Quirk } from './glimpse.ts'

/**
 * Vendors are no perfect witnesses. Integrators report in public, in forums and in the issues of open integrations, of
 * cars that sleep and show what they last saw, of cables that are gone while a car sleeps, of values that come minutes
 * late, of levels that jump back, of figures that are missing for hours, and of commands that are confirmed and undone.
 * Which vendor does what is from there in kind; how often and how long are our choice, so that a world stays usable.
 */
interface Temperament {
  /** The share of the quarters of a day with a spell of each sort; 1 at most together. */
  readonly spells: { readonly [S in Sort]?: number }
  /** The share of commands that are confirmed and undone. */
  readonly undoes?: number
}

type Sort = 'asleep' | 'unplugged' | 'late' | 'back' | 'gap'

/** Cars that sleep as soon as nothing happens to them. */
const sleeper: Temperament = { spells: { asleep: 0.5, late: 0.02 } }

/** Cars that send when they see fit. */
const laggard: Temperament = { spells: { late: 0.25, asleep: 0.1 } }

/** What comes through a portal that its devices fill every quarter of an hour. */
const portal: Temperament = { spells: { late: 0.3 } }

const temperaments: { readonly [K in AssetKind]?: { readonly [V in VendorOf<K>]?: Temperament } } = {
  vehicle: {
    TESLA: sleeper,
    RIVIAN: sleeper,
    FORD: { ...sleeper, undoes: 0.01 },
    HYUNDAI: { spells: { asleep: 0.5, gap: 0.02 }, undoes: 0.01 },
    KIA: { spells: { asleep: 0.5, gap: 0.02 }, undoes: 0.01 },
    NISSAN: { spells: { asleep: 0.4, gap: 0.03 } },
    RENAULT: { spells: { asleep: 0.3, unplugged: 0.02, back: 0.02 } },
    DACIA: { spells: { asleep: 0.3, unplugged: 0.02, back: 0.02 } },
    AUDI: { spells: { asleep: 0.2, unplugged: 0.01, back: 0.05 } },
    CUPRA: { spells: { asleep: 0.2, unplugged: 0.01, back: 0.05 } },
    SEAT: { spells: { asleep: 0.2, unplugged: 0.01, back: 0.05 } },
    SKODA: { spells: { asleep: 0.2, unplugged: 0.01, back: 0.05 } },
    VOLKSWAGEN: { spells: { asleep: 0.2, unplugged: 0.01, back: 0.05 } },
    MERCEDES: { spells: { back: 0.05, gap: 0.02 } },
    BMW: laggard,
    MINI: laggard,
    VOLVO: laggard,
    POLESTAR: laggard,
    CITROEN: laggard,
    DS: laggard,
    OPEL: laggard,
    PEUGEOT: laggard,
    VAUXHALL: laggard,
    TOYOTA: { spells: { late: 0.15, gap: 0.03 } },
    LEXUS: { spells: { late: 0.15, gap: 0.03 } }
  },
  charger: { WALLBOX: { spells: { late: 0.05 } }, OHME: { spells: { late: 0.05 } }, PODPOINT: { spells: { late: 0.1 } } },
  inverter: { SOLAREDGE: portal, GROWATT: portal, SOLIS: portal, GOODWE: portal, ENPHASE: portal }
}

/** How long each sort lasts, in full steps: so its ends are moments at which everything is looked at, and those looks see what is so. */
const stepsOf: Record<Sort, readonly [least: number, most: number]> = { asleep: [3, 15], unplugged: [3, 9], late: [3, 9], back: [2, 3], gap: [6, 15] }
const step: Millis = 20 * minute
const quarter: Millis = 6 * hour

/** How much later values come, at most, in a spell of lateness, and how long after its confirmation a command is undone. */
const lateBy = { least: 5 * minute, most: 15 * minute } as const
const undoneAfter = { least: minute, most: 5 * minute } as const

/** What keeps draws apart that are made of the same numbers. */
const salts = { sort: 1, length: 2, start: 3, lateness: 4, command: 5, undo: 6 } as const

/** When a vendor is no witness of what is so: between two moments, both excluded, and within a day by UTC. */
export interface Spell { sort: Sort, from: Millis, to: Millis, lateBy: Millis }

/** The spell of a device that a moment is in, if it is: one of those drawn for the quarters of its day, from nothing but the seed and the number of the device. */
export function spellAt (seed: number, device: Pick<DeviceRow, 'kind' | 'vendor' | 'seq'>, at: Millis): Spell | undefined {
  const spell = spellOf(seed, device, Math.floor(at / quarter))
  return spell !== undefined && spell.from < at && at < spell.to ? spell : undefined
}

/** The spell of a quarter of a day, counted from 1970. */
function spellOf (seed: number, device: Pick<DeviceRow, 'kind' | 'vendor' | 'seq'>, n: number): Spell | undefined {
  const temperament = temperamentOf(device)
  if (temperament === undefined) return undefined
  const draw = (salt: number): number => unitAt(seed, 0x7e3b, salt, device.seq, n)
  const sort = sortOf(temperament, draw(salts.sort))
  if (sort === undefined) return undefined
  const [least, most] = stepsOf[sort]
  const steps = least + Math.floor(draw(salts.length) * (most - least + 1))
  const from = n * quarter + Math.floor(draw(salts.start) * (quarter / step - steps + 1)) * step
  const to = from + steps * step
  return { sort, from, to, lateBy: Math.round(lateBy.least + draw(salts.lateness) * (lateBy.most - lateBy.least)) }
}

/** Sorts in which looks show the same for as long as the device does. */
const constant: ReadonlySet<Sort> = new Set(['asleep', 'unplugged', 'gap'])

/** Until when the vendor of a device shows what it shows now of one that goes on as it is; the present where each look may differ. Looks two days ahead. */
export function steadyUntil (tx: ReadTx, device: DeviceRow): Millis {
  const { seed, timing } = tx.world.row()
  if (timing !== 'realistic' || temperamentOf(device) === undefined) return Infinity
  const first = Math.floor(tx.now / quarter)
  for (let n = first; n < first + 8; n++) {
    const spell = spellOf(seed, device, n)
    if (spell === undefined || spell.to <= tx.now) continue
    // The looks at both ends see what is so.
    if (spell.from >= tx.now) return spell.from + 1
    return constant.has(spell.sort) ? spell.to : tx.now
  }
  return (first + 8) * quarter
}

function sortOf ({ spells }: Temperament, unit: number): Sort | undefined {
  let sum = 0
  for (const sort in spells) if (unit < (sum += spells[sort as Sort] ?? 0)) return sort as Sort
  return undefined
}

function temperamentOf ({ kind, vendor }: Pick<DeviceRow, 'kind' | 'vendor'>): Temperament | undefined {
  return (temperaments[kind] as Record<string, Temperament> | undefined)?.[vendor]
}

/**
 * What a look at a device shows other than what is so, by the temperament of its vendor, in the realistic profile.
 * Whatever comes from outside wakes a vendor up: a device or a home whose state was stored since a spell began is seen
 * as it is. So is a car that does anything by itself, unless its values are late, and one that was not seen before.
 */
export function temperOf (tx: ReadTx, asset: AssetRow, device: DeviceRow, state: States[AssetKind]): (Quirk & { since: Millis, says: string }) | undefined {
  const { seed, timing } = tx.world.row()
  const spell = timing === 'realistic' ? spellAt(seed, device, tx.now) : undefined
  if (spell === undefined) return undefined
  const { sort, from: since } = spell
  if (storedAt(tx, device) > since || !asset.view.includes('"isReachable":true')) return undefined
  const says = `${asset.vendor} ${words[sort]} until ${iso(spell.to)} at the latest`
  if (sort === 'late') return { asOf: Math.max(since, tx.now - spell.lateBy), since, says }
  if (!('batteryCapacityKwh' in state)) return undefined
  if (sort === 'gap') return { shows: noRange, since, says }
  if (sort === 'back') return { isLevelBack: true, since, says }
  const before = currentState(asOf(tx, since), device) as typeof state
  if (isDelivering(state.power) || state.power !== before.power || state.odometerKm !== before.odometerKm) return undefined
  if (sort === 'asleep') return { isStale: true, since, says }
  return state.power === 'UNPLUGGED' ? undefined : { shows: unplugged, since, says }
}

const noRange = { 'chargeState.range': null, 'chargeState.chargeTimeRemaining': null }
const unplugged = { 'chargeState.isPluggedIn': false, 'chargeState.powerDeliveryState': 'UNPLUGGED', 'chargeState.pluggedInChargerId': null }

const words: Record<Sort, string> = {
  asleep: 'lets its car sleep, and shows what it last saw,',
  unplugged: 'takes the cable of a sleeping car for pulled',
  late: 'is late with its values',
  back: 'shows a level that is back by one percent',
  gap: 'does not tell the range'
}

/** How long after its confirmation a command that is given now is undone, by the temperament of the vendor; undefined for most, which are not. */
export function undoOf (tx: ReadTx, kind: Pick<AssetRow, 'kind' | 'vendor'>, deviceOf: () => DeviceRow): Millis | undefined {
  const { seed, timing } = tx.world.row()
  const share = timing === 'realistic' ? temperamentOf(kind)?.undoes ?? 0 : 0
  if (share === 0) return undefined
  const device = deviceOf()
  const draw = (salt: number): number => unitAt(seed, 0x7e3b, salt, device.seq, Math.floor(tx.now / 1000))
  if (draw(salts.command) >= share) return undefined
  return Math.round(undoneAfter.least + draw(salts.undo) * (undoneAfter.most - undoneAfter.least))
}
