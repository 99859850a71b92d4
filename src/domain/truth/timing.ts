import { hour, minute, second, type Millis } from '../../lib/time.ts'
import { type Timing } from '../../contract/timing.ts'
import { type Random } from '../../lib/random.ts'
import { type Pace } from '../../devices/device.ts'
import { systemKinds } from '../../devices/index.ts'
import { type ReadTx } from '../../store/store.ts'
import { type AssetKind } from '../../contract/vendors.ts'

/** How long things take in the world of vendors. */
interface Timings {
  /** From a request until the device obeys, if it can. */
  latency: (random: Random) => Millis
  /** Between two tries at a device that does not obey. */
  retryEvery: Millis
  /** Until an action ends as NO_RESPONSE. */
  timeout: Millis
  /** From the device's obeying until power flows: PLUGGED_IN:INITIALIZING. */
  ramp: Millis
  /** From linking an inverter until its production before that is known. */
  backfill: Millis
  /** From the end of an interval until its statistics are final. */
  final: Millis
  /** From what flows until the sessions of charging show it, at most. */
  sessions: Millis
  /** From a refresh hint to the poll that it brings forward. */
  refresh: Millis
  /** From the end of an action that did not bring a device in line with its schedule to the next one. */
  scheduleRetry: Millis
  /** Between two polls of a device of a kind at a pace. */
  poll: Record<Pace, Millis> & { [K in AssetKind]?: Record<Pace, Millis> }
}

/** What makes a home energy management system is polled together; sun, weather and house stay the same for 5 minutes anyway. */
const hem = { active: 5 * minute, idle: 5 * minute, asleep: 5 * minute }
const hemKinds = Object.fromEntries(systemKinds.map(kind => [kind, hem]))

/**
 * Realistic figures are the documented ones: about 20 s and now and then minutes for a command, 30 min until it times
 * out, polls at 2, 7 and 20 min, of HVAC units at 1, 2 and 20 min, of inverters, batteries and meters at 5 min. Quick ones are ours: short enough for a person who waits.
 */
const profiles: Record<Timing, Timings> = {
  quick: {
    latency: () => 2 * second,
    retryEvery: 5 * second,
    timeout: minute,
    ramp: 0,
    backfill: 5 * second,
    final: 0,
    sessions: 0,
    refresh: second,
    scheduleRetry: minute,
    poll: { active: minute, idle: 5 * minute, asleep: 20 * minute, ...hemKinds }
  },
  realistic: {
    latency: random => random.next() < 0.05 ? random.between(minute, 5 * minute) : random.between(14 * second, 26 * second),
    retryEvery: 30 * second,
    timeout: hour / 2,
    ramp: 8 * second,
    backfill: 5 * minute,
    final: 10 * minute,
    sessions: 15 * minute,
    refresh: 10 * second,
    scheduleRetry: 10 * minute,
    poll: {
      active: 2 * minute,
      idle: 7 * minute,
      asleep: 20 * minute,
      hvac: { active: minute, idle: 2 * minute, asleep: 20 * minute },
      ...hemKinds
    }
  }
}

export function timingOf (tx: ReadTx): Timings {
  return profiles[tx.world.row().timing]
}
