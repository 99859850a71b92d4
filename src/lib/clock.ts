import { type Millis } from './time.ts'

/** What the wall clock says. Rule 4 of the design: nobody else may ask it. */
export function wallNow (): Millis {
  return Date.now()
}

export type ClockMode = 'running' | 'frozen'

/** What happened while time was moved on: where it stands, what came due, and the attempts to deliver webhooks. */
export interface Advance { now: string, timers: number, deliveries: number }

/** Real milliseconds from some fixed moment; unlike the wall clock it is never set back. */
export function realNow (): Millis {
  return performance.now()
}

/** Where simulated time stands and how it moves. */
export interface ClockSetting {
  now: Millis
  mode: ClockMode
  /** Simulated seconds for each real second while running; above 0. */
  speed: number
}

/**
 * Simulated time of one world. Frozen, it stands where the engine left it; running, it follows the wall clock
 * at `speed` from the last anchor. It never goes back, and it never runs past something that is due and has not happened
 * yet: on a machine that is too slow time goes slower, and the history is the same.
 */
export class Clock {
  #sim: Millis = 0
  #real: Millis = 0
  #mode: ClockMode = 'frozen'
  #speed = 1
  #held: Millis = Infinity

  constructor (setting: ClockSetting) {
    this.restart(setting)
  }

  get mode (): ClockMode { return this.#mode }
  get speed (): number { return this.#speed }

  /** The time that an operation which starts now belongs to. */
  now (): Millis {
    return this.#mode === 'frozen' ? this.#sim : Math.max(this.#sim, Math.min(this.#followed(), this.#held))
  }

  /** Moves on to a later moment; an earlier one changes nothing, since time never goes back. */
  moveTo (at: Millis): void {
    if (at > this.now()) this.#anchor(at)
  }

  /** Stops a running clock before the next thing that is due. */
  holdAt (due: Millis | undefined): void {
    this.#held = due ?? Infinity
  }

  /** Starts anew, as a world does that goes back to its start. */
  restart ({ now, mode, speed }: ClockSetting): void {
    this.#mode = mode
    this.#speed = speed
    this.#held = Infinity
    this.#anchor(now)
  }

  /** Changes how time moves from here on. */
  set (setting: Partial<Pick<ClockSetting, 'mode' | 'speed'>>): void {
    this.#anchor(this.now())
    this.#mode = setting.mode ?? this.#mode
    this.#speed = setting.speed ?? this.#speed
  }

  /** Real milliseconds until simulated time reaches `at`; Infinity while frozen. */
  wallDelay (at: Millis): number {
    return this.#mode === 'frozen' ? Infinity : Math.max(0, (at - this.#followed()) / this.#speed)
  }

  #followed (): Millis {
    return Math.floor(this.#sim + (realNow() - this.#real) * this.#speed)
  }

  #anchor (at: Millis): void {
    this.#sim = at
    this.#real = realNow()
  }
}
