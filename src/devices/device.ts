import { type SmartChargingPolicy } from '../contract/smart-charging.ts'
import { type VehiclePowerDeliveryState } from '../contract/vehicle.ts'
import { type Random } from '../lib/random.ts'
import { type Millis } from '../lib/time.ts'
import { type AssetKind, type Vendor, type VendorOf } from '../contract/vendors.ts'
import { type Scope } from '../contract/scopes.ts'
import { type Command } from './command.ts'
import { type Place } from './place.ts'

/** How often Enode looks at a device: often while something happens, seldom while it sleeps. */
export type Pace = 'active' | 'idle' | 'asleep'

/** How facts are set from outside. */
export interface Circumstances {
  /** How long power takes to flow once something is plugged in; none unless told. */
  rampMs?: Millis
  /** Whether the device was made just now, so that nothing was before which could contradict what is set. */
  isNew?: boolean
  /** Whether to set also what cannot be, as far as a state can hold it. */
  force?: boolean | undefined
}

/** How power flows between a vehicle and what it is plugged into: the documented states but UNKNOWN, which is only what Enode sees. */
export const powerStates = [
  'UNPLUGGED', 'PLUGGED_IN:INITIALIZING', 'PLUGGED_IN:CHARGING', 'PLUGGED_IN:STOPPED', 'PLUGGED_IN:COMPLETE',
  'PLUGGED_IN:NO_POWER', 'PLUGGED_IN:FAULT', 'PLUGGED_IN:DISCHARGING'
] as const satisfies readonly VehiclePowerDeliveryState[]

export type PowerState = typeof powerStates[number]

/** What every physical state has: the moment for which it holds. */
export interface Physical {
  at: Millis
}

/** What the API shows of an asset besides the physical state of its device. */
export interface Linked<K extends AssetKind = AssetKind> {
  id: string
  userId: string
  vendor: VendorOf<K>
  scopes: readonly string[]
  /** The location that the asset is at or was assigned to. */
  locationId: string | null
  /** The home energy management system that the asset is a part of. */
  hemSystemId: string | null
  /** The same user's asset on the other end of the cable, if there is one. */
  pluggedInto: string | null
  /** What smart charging shall achieve; off for whatever is no vehicle. */
  smartChargingPolicy: SmartChargingPolicy
}

/** A capability that was switched off for one device, and the interventions that would bring it back. */
export interface Capability {
  isCapable: boolean
  interventionIds: string[]
}

/** What one end of a charging cable tells the other. */
export interface Plug {
  /** The device that tells it. */
  deviceId: string
  power: PowerState
  /** The moment at which PLUGGED_IN:INITIALIZING turns into charging; null in any other state. */
  powerFrom: Millis | null
  /** The most that it gives or takes, in kW. */
  limitKw: number
  /** What flows into the vehicle now, in kW; below zero while it gives back. */
  rateKw: number
}

/** A kind that can be on one end of a charging cable. The vehicle rules how much flows, within the limit of the charger. */
export interface Cable<State> {
  /** The device on the other end; null when there is none or it is unknown to this world. */
  partner (state: State): string | null
  /** The device that is on the other end by habit: of a charger the car whose driver plugs it in there, of a car that charger. */
  regular (state: State): string | null
  /** Whether it rules the cable by itself: what the other end knows of it may be of the past. */
  readonly leads: boolean
  plug (state: State, deviceId: string): Plug
  /** The same device after what the other end tells. */
  follow (state: State, plug: Plug): State
  /** The same device after the cable was pulled. */
  release (state: State): State
}

/** How a kind takes part in the flows of a home. */
export interface Flow<State> {
  /** What it draws from the wires of the home now, in kW; below zero what it gives. */
  powerKw (state: State): number
  /** Only for what can be elsewhere: what it draws there, in kW, which is no matter of its home. */
  awayKw? (state: State): number
  /** Until when both stay so while nobody commands it, at most; Infinity where nothing changes by itself within a bucket of the weather. */
  until (state: State): Millis
  /** Only for what answers to the rest of the home, as a battery does: the same device at `now` when everything else together draws `restKw`, of what also answers only those before it. */
  balance? (state: State, restKw: number, now: Millis): State
  /** Only for what measures the home: the same device when everything together draws `totalKw` from the grid. */
  read? (state: State, totalKw: number): State
  /** Only for what stores energy for the home: how full it is, in percent. */
  levelPercent? (state: State): number
}

/** What every view has; the rest differs between the kinds. */
export interface View {
  id: string
  userId: string
  vendor: string
  lastSeen: string
  isReachable: boolean | null
  scopes: string[]
  /** Only of kinds that can be a part of such a system. */
  hemSystemId?: string | null
  /** Where it is: at a location, and for kinds that tell one, its position. Null what is unknown. */
  location: { id: string | null, latitude?: number | null, longitude?: number | null, lastUpdated?: string | null }
}

/**
 * A kind of device as a pure value machine: state, command and time in, state out. Nothing here reads a clock,
 * remembers anything or draws chance but from the stream it is given.
 */
export interface Device<State extends Physical = Physical, Shown extends View = View> {
  readonly kind: AssetKind
  /** What people call the kind, as the beginning of a sentence. */
  readonly name: string
  /** Whether it can be a part of a home energy management system, and is then looked at with the others. */
  readonly isSystemPart: boolean
  /** Whether the view tells where it is; otherwise it is at the location that it was assigned to. */
  readonly tellsPosition: boolean
  /** The vendors whose accounts can hold a device of this kind. */
  readonly vendors: readonly string[]
  /** The names in `capabilities` of the view. */
  readonly capabilities: readonly string[]
  /** The scope that commands need; null when the kind takes none. */
  readonly controlScope: Scope | null

  /**
   * A plausible new device at a place. `model` picks from the vendor's catalogue or names a model of one's own. `told` is what
   * will be set next, unchecked, for what has to fit it from the start.
   */
  make (random: Random, vendor: Vendor, at: Millis, place: Place, model?: string, told?: Record<string, unknown>): State
  /** What physics does to it until `to` while nobody commands it. `advance(advance(s, a), b)` equals `advance(s, b)`. */
  advance (state: State, to: Millis): State
  /** Physical facts set from outside, by the API's field names. Throws a 400 problem that says what cannot be and why. */
  change (state: State, changes: Record<string, unknown>, how?: Circumstances): State
  pace (state: State): Pace

  /** Where it stands. */
  place (state: State): Place
  /** The home whose wires it shares, also while it is away; left out where that is where it stands. */
  home? (state: State): Place
  /** Only for kinds with a charging cable. */
  readonly cable?: Cable<State>
  /** Left out where it takes no part in the energy of a home. */
  readonly flow?: Flow<State>

  /** Why Enode refuses the command at once, judged by the view that it has, and by whether it sees a full vehicle on the cable of a charger; null when it accepts. */
  refusal (view: Shown, command: Command, feedsFullVehicle: boolean): string | null
  /** Whether the view already shows what the command asks for; null when that is no reason to refuse it. */
  already (view: Shown, command: Command): string | null
  /** Whether a new command that equals the pending one joins it, or takes its place as a new action. */
  joins (command: Command): boolean
  /** What keeps the device from obeying now, in the words of `failureReason.detail`; null when nothing does. */
  obstacle (state: State, command: Command): string | null
  /** Does what the command says; `rampMs` is how long power takes to flow. */
  obey (state: State, command: Command, rampMs: Millis): State
  isDone (state: State, command: Command): boolean

  /** The parts of the view that are measured: their `lastUpdated` is that of the last look, that of others the time at which they last changed. What else is in the view does not change by itself. */
  readonly measured: readonly string[]
  /** The capability without which a look at it sees nothing; null where there is none. */
  readonly reading: string | null
  /** What the API shows when Enode has just seen this state. All `lastUpdated` are `state.at`; an `imageUrl` is a path, whose base depends on who asks. */
  view (state: State, linked: Linked, overrides: Record<string, Capability>): Shown
  /** The view at the moment of discovery: only `information` is known. */
  discovered (view: Shown): Shown
  /** What is left of a view when nothing was heard of the device for seven days; left out where time makes nothing unknown. */
  outdated? (view: Shown): Shown
}
