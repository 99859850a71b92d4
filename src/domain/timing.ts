import { hour, minute, second, type Millis } from '../lib/time.ts'
import { type Timing } from '../lib/timings.ts'
import { type Random } from '../lib/random.ts'
import { type Pace } from '../devices/device.ts'
import { type ReadTx } from '../store/store.ts'

/** How long things take in the world of vendors. */
interface Profile {
  /** From a request until the device obeys, if it can. */
  latency: (random: Random) => Millis
  /** Between two tries at a device that does not obey. */
  retryEvery: Millis
  /** Until an action ends as NO_RESPONSE. */
  timeout: Millis
  /** From the device's obeying until power flows: PLUGGED_IN:INITIALIZING. */
  ramp: Millis
  /** From a refresh hint to the poll that it brings forward. */
  refresh: Millis
  /** Between two polls. */
  poll: Record<Pace, Millis>
}

/**
 * Realistic figures are the documented ones: about 20 s and now and then minutes for a command, 30 min until it times
 * out, polls at 2, 7 and 20 min. Quick ones are ours: short enough for a person who waits.
 */
const profiles: Record<Timing, Profile> = {
  quick: {
    latency: () => 2 * second,
    retryEvery: 5 * second,
    timeout: minute,
    ramp: 0,
    refresh: second,
    poll: { active: minute, idle: 5 * minute, asleep: 20 * minute }
  },
  realistic: {
    latency: random => random.next() < 0.05 ? random.between(minute, 5 * minute) : random.between(14 * second, 26 * second),
    retryEvery: 30 * second,
    timeout: hour / 2,
    ramp: 8 * second,
    refresh: 10 * second,
    poll: { active: 2 * minute, idle: 7 * minute, asleep: 20 * minute }
  }
}

export function timingOf (tx: ReadTx): Profile {
  return profiles[(tx.world.get()?.timing ?? 'quick') as Timing]
}
