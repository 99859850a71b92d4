import { Type, type Static } from '@sinclair/typebox'
import { Capability, assetHead, brandOf, grantedScopes, lastUpdated, locationId, reachability } from './common.ts'
import { Closed, Nullable, StringEnum, Tagged } from './kit.ts'
import { paginated } from './pagination.ts'
import { Ref } from './ref.ts'
import { HVACVendor, hvacVendors } from './vendors.ts'

const coolSetpoint = Type.Number({ description: 'Cool above this temperature, in degrees Celsius.' })
const heatSetpoint = Type.Number({ description: 'Heat below this temperature, in degrees Celsius.' })

export const CoolHold = Closed({ coolSetpoint, mode: StringEnum(['COOL'], { description: 'Only cool.' }) }, { $id: 'CoolHold', description: 'Cooling to a setpoint.' })
export const HeatHold = Closed({ heatSetpoint, mode: StringEnum(['HEAT'], { description: 'Only heat.' }) }, { $id: 'HeatHold', description: 'Heating to a setpoint.' })
export const AutoHold = Closed({ coolSetpoint, heatSetpoint, mode: StringEnum(['AUTO'], { description: 'Heat or cool as needed.' }) }, { $id: 'AutoHold', description: 'Heating and cooling to a setpoint each.' })
export const OffHold = Closed({ mode: StringEnum(['OFF'], { description: 'Switched off.' }) }, { $id: 'OffHold', description: 'Neither heating nor cooling.' })

export const PermanentHold = Tagged('mode', [CoolHold, HeatHold, AutoHold, OffHold], {
  $id: 'PermanentHold',
  description: 'A mode and exactly the setpoints that go with it.'
})
export type PermanentHold = Static<typeof PermanentHold>

export const SetpointRange = Type.Object({
  min: Nullable(Type.Number({ description: 'Lowest value, inclusive, in degrees Celsius.' })),
  max: Nullable(Type.Number({ description: 'Highest value, inclusive, in degrees Celsius.' }))
}, { $id: 'SetpointRange', description: 'The values that a setpoint, or the difference of two, may take.' })
export type SetpointRange = Static<typeof SetpointRange>

export const ThermostatState = Type.Object({
  mode: StringEnum(['UNKNOWN', 'OFF', 'AUTO', 'COOL', 'HEAT'], { description: 'What the unit is set to do.' }),
  heatSetpoint: Nullable(heatSetpoint),
  coolSetpoint: Nullable(coolSetpoint),
  holdType: Nullable(StringEnum(['PERMANENT', 'SCHEDULED'], { description: 'PERMANENT until changed; SCHEDULED while a schedule on the device rules.' })),
  lastUpdated
}, { $id: 'ThermostatState', description: 'What an HVAC unit is set to.' })
export type ThermostatState = Static<typeof ThermostatState>

export const HVAC = Type.Object({
  ...assetHead,
  vendor: Ref(HVACVendor),
  ...reachability,
  consumptionRate: Nullable(Type.Number({ description: 'Power that it draws, in kW; null where the device cannot tell.' })),
  information: Type.Object({
    brand: brandOf(hvacVendors),
    model: Nullable(Type.String({ description: 'Name of the model.' })),
    displayName: Type.String({ description: 'Name of the unit, as the user or the vendor gave it.' }),
    groupName: Nullable(Type.String({ description: 'Name of the room or zone that the user put it in.' })),
    category: StringEnum(['HEATING', 'COOLING', 'HEAT_PUMP', 'AGGREGATOR'], { description: 'Kind of unit; an AGGREGATOR, such as a thermostat, controls others.' })
  }, { description: 'What kind of unit it is.' }),
  temperatureState: Type.Object({
    currentTemperature: Nullable(Type.Number({ description: 'Temperature of the air, in degrees Celsius.' })),
    isActive: Type.Boolean({ description: 'Whether it heats or cools at the moment.' }),
    lastUpdated
  }, { description: 'What the unit measures.' }),
  thermostatState: Ref(ThermostatState),
  scopes: grantedScopes,
  capabilities: Type.Object({
    capableModes: Nullable(Type.Array(StringEnum(['OFF', 'AUTO', 'COOL', 'HEAT']), { description: 'Modes that it can be set to.' })),
    coolSetpointRange: Nullable(Ref(SetpointRange)),
    heatSetpointRange: Nullable(Ref(SetpointRange)),
    setpointDifferenceRange: Nullable(Ref(SetpointRange)),
    setFollowSchedule: Ref(Capability),
    setPermanentHold: Ref(Capability)
  }, { description: 'Which modes, setpoints and commands it takes.' }),
  location: Type.Object({ id: locationId }, { description: 'The location that it was put at.' })
}, { $id: 'HVAC', description: 'A heater, heat pump, air conditioner or thermostat.' })
export type HVAC = Static<typeof HVAC>

export const PaginatedHVACList = paginated(HVAC, 'HVAC units')
export type PaginatedHVACList = Static<typeof PaginatedHVACList>
