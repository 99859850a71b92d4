import { type VendorAction } from '../contract/action.ts'
import { type BatteryCommandMode } from '../contract/battery.ts'
import { type PermanentHold } from '../contract/hvac.ts'
import { type FaultTarget } from '../contract/mock-faults.ts'

/** What a device can be told to do: the part of an action that says what shall be so. */
export type Command =
  | { type: 'charging', kind: 'START' | 'STOP' }
  | { type: 'max-current', maxCurrent: number }
  | { type: 'charge-rate-limit', chargeRateLimit: number }
  | { type: 'operation-mode', operationMode: BatteryCommandMode }
  | { type: 'permanent-hold', hold: PermanentHold }
  | { type: 'follow-schedule' }

/** A command of one of some types. */
export type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>

/** The same goal, so that carrying out one is carrying out the other. */
export function sameCommand (a: Command, b: Command): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

const settings: Record<Command['type'], string> = {
  charging: 'charging',
  'max-current': 'current',
  'charge-rate-limit': 'current',
  'operation-mode': 'mode',
  'permanent-hold': 'hold',
  'follow-schedule': 'hold'
}

/** Whether both are about the same setting, so that carrying out one undoes the other. */
export function sameSetting (a: Command, b: Command): boolean {
  return settings[a.type] === settings[b.type]
}

/** What an action says of its command. */
type Goal<A = VendorAction> = A extends { kind: unknown } ? Pick<A, 'kind'> : A extends { target: unknown } ? Pick<A, 'target'> : A extends { targetState: unknown } ? Pick<A, 'targetState'> : never

/** The command as the action of its kind shows it. */
export function goalOf (command: Command): Goal {
  switch (command.type) {
    case 'charging': return { kind: command.kind }
    case 'max-current': return { targetState: { maxCurrent: command.maxCurrent } }
    case 'charge-rate-limit': return { targetState: { chargeRateLimit: command.chargeRateLimit } }
    case 'operation-mode': return { targetState: { operationMode: command.operationMode } }
    case 'permanent-hold': return { target: { ...command.hold, holdType: 'PERMANENT' } }
    case 'follow-schedule': return { target: { holdType: 'SCHEDULED' } }
  }
}

/** For kinds of which a newer command takes the place of a pending one, also of an equal one. */
export const replaces = (): boolean => false

/** What a command is called: START or STOP for charging, else its type. */
export function nameOf (command: Command): NonNullable<FaultTarget['kind']> {
  return command.type === 'charging' ? command.kind : command.type
}
