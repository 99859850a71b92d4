import { Type, type Static } from '@sinclair/typebox'
import { Closed, StringEnum } from './kit.ts'

export const ChargingCommand = Closed({
  action: StringEnum(['START', 'STOP'], { description: 'Whether to start or stop charging.' })
}, { $id: 'ChargingCommand', description: 'Starts or stops charging.' })
export type ChargingCommand = Static<typeof ChargingCommand>

export const MaxCurrentCommand = Closed({
  maxCurrent: Type.Number({ exclusiveMinimum: 0, description: 'Highest current to draw, in ampere.' })
}, { $id: 'MaxCurrentCommand', description: 'Limits the current of charging.' })
export type MaxCurrentCommand = Static<typeof MaxCurrentCommand>

export const ChargeRateLimitCommand = Closed({
  chargeRateLimit: Type.Number({ exclusiveMinimum: 0, description: 'Highest charge rate, in kW.' })
}, { $id: 'ChargeRateLimitCommand', description: 'Limits the rate of charging.' })
export type ChargeRateLimitCommand = Static<typeof ChargeRateLimitCommand>
