import { type Millis } from './time.ts'

/** What the wall clock says. Rule 4 of the design: nobody else may ask it. */
export function wallNow (): Millis {
  return Date.now()
}

export type ClockMode = 'running' | 'frozen'

/** Where simulated time stands and how it moves. */
export interface ClockSetting {
  now: Millis
  mode: ClockMode
  /** Simulated seconds for each real second while running; above 0. */
  speed: number
}

/**
 * Simulated time of one world. Frozen, it stands where the engine left it; running, it follows the wall clock
 * at `speed` from the last anchor. It never goes back.
 */
export class Clock {
  #sim: Millis = 0
  #wall: Millis = 0
  #mode: ClockMode = 'frozen'
  #speed = 1

  constructor (setting: ClockSetting) {
    this.restart(setting)
  }

  get mode (): ClockMode { return this.#mode }
  get speed (): number { return this.#speed }

  /** The time that an operation which starts now belongs to. */
  now (): Millis {
    if (this.#mode === 'frozen') return this.#sim
    return Math.max(this.#sim, Math.floor(this.#sim + (wallNow() - this.#wall) * this.#speed))
  }

  /** Moves to a later moment and goes on from there. Earlier moments are ignored: time never goes back. */
  moveTo (at: Millis): void {
    this.#sim = Math.max(at, this.now())
    this.#wall = wallNow()
  }

  /** Starts anew, as a world does that goes back to its start. */
  restart (setting: ClockSetting): void {
    this.#sim = setting.now
    this.#wall = wallNow()
    this.#mode = setting.mode
    this.#speed = setting.speed
  }

  /** Changes how time moves from here on. */
  set (setting: Partial<Pick<ClockSetting, 'mode' | 'speed'>>): void {
    this.moveTo(this.now())
    this.#mode = setting.mode ?? this.#mode
    this.#speed = setting.speed ?? this.#speed
  }

  /** Real milliseconds until simulated time reaches `at`; Infinity while frozen. */
  wallDelay (at: Millis): number {
    return this.#mode === 'frozen' ? Infinity : Math.max(0, (at - this.now()) / this.#speed)
  }
}
