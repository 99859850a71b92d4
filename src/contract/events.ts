import { Type, type Static, type TProperties, type TSchema } from '@sinclair/typebox'
import { VendorAction } from './action.ts'
import { Battery } from './battery.ts'
import { Charger } from './charger.ts'
import { apiVersion } from './common.ts'
import { HEMSystem } from './hem-system.ts'
import { HVAC } from './hvac.ts'
import { Inverter, productionStatistics } from './inverter.ts'
import { Nullable, StringEnum, Tagged, Timestamp } from './kit.ts'
import { Meter } from './meter.ts'
import { Ref } from './ref.ts'
import { Schedule, ScheduleStatus } from './schedule.ts'
import { SmartChargingStatus } from './smart-charging.ts'
import { Vehicle } from './vehicle.ts'
import { Vendor, type AssetKind } from './vendors.ts'

export const EventUser = Type.Object({
  id: Type.String({ description: 'Id of the user.' })
}, { $id: 'EventUser', description: 'The user whom an event concerns.' })
export type EventUser = Static<typeof EventUser>

const updatedFields = {
  updatedFields: Type.Array(Type.String(), { description: 'Dotted paths of what changed, such as `chargeState.batteryLevel`.' })
}

/** `user:vehicle:updated` is the component `UserVehicleUpdatedEvent`. */
function componentName (name: string): string {
  const words = name.split(/[:-]/).map(word => word === 'hvac' || word === 'hem' ? word.toUpperCase() : word[0]?.toUpperCase() + word.slice(1))
  return `${words.join('')}Event`
}

function systemEvent<N extends string, P extends TProperties> (name: N, description: string, properties: P) {
  return Type.Object({
    createdAt: Timestamp('When it happened.'),
    version: StringEnum([apiVersion], { description: 'Version in which it is written.' }),
    event: StringEnum([name], { description: 'Name of the event.' }),
    ...properties
  }, { $id: componentName(name), description })
}

function userEvent<N extends string, P extends TProperties> (name: N, description: string, properties: P) {
  return systemEvent(name, description, { user: Ref(EventUser), ...properties })
}

/** The three events that every kind of asset has: `K` is the key under which it stands. */
function assetEvents<N extends string, K extends string, T extends TSchema> (kind: N, key: K, schema: T) {
  const asset = { [key]: Ref(schema) } as { [P in K]: ReturnType<typeof Ref<T>> }
  return {
    discovered: userEvent(`user:${kind}:discovered`, `A ${kind} came into view. Only its \`information\` is known yet; an update follows.`, asset),
    updated: userEvent(`user:${kind}:updated`, `Something of a ${kind} changed.`, { ...asset, ...updatedFields }),
    deleted: userEvent(`user:${kind}:deleted`, `A ${kind} is gone; its last state stands here.`, asset)
  }
}

const vehicle = assetEvents('vehicle', 'vehicle', Vehicle)
const charger = assetEvents('charger', 'charger', Charger)
const hvac = assetEvents('hvac', 'hvac', HVAC)
const inverter = assetEvents('inverter', 'inverter', Inverter)
const battery = assetEvents('battery', 'battery', Battery)
const meter = assetEvents('meter', 'meter', Meter)
const hemSystem = assetEvents('hem-system', 'hemSystem', HEMSystem)

/** Every event that is ever sent, by its name. */
export const events = {
  'user:vehicle:discovered': vehicle.discovered,
  'user:vehicle:updated': vehicle.updated,
  'user:vehicle:deleted': vehicle.deleted,
  'user:vehicle:smart-charging-status-updated': userEvent('user:vehicle:smart-charging-status-updated', 'Smart charging of a vehicle moved on.', {
    smartChargingStatus: Ref(SmartChargingStatus),
    ...updatedFields
  }),
  'user:charger:discovered': charger.discovered,
  'user:charger:updated': charger.updated,
  'user:charger:deleted': charger.deleted,
  'user:hvac:discovered': hvac.discovered,
  'user:hvac:updated': hvac.updated,
  'user:hvac:deleted': hvac.deleted,
  'user:inverter:discovered': inverter.discovered,
  'user:inverter:updated': inverter.updated,
  'user:inverter:deleted': inverter.deleted,
  'user:inverter:statistics-updated': userEvent('user:inverter:statistics-updated', 'Production of an interval became known or was corrected.', {
    statistics: Type.Object({
      ...productionStatistics,
      inverterId: Type.String({ description: 'Id of the inverter.' }),
      day: Nullable(Type.Number({ description: 'Day of the month; null if a whole month is meant.' })),
      month: Nullable(Type.Number({ description: 'Month of the year, from 1.' })),
      year: Type.Number({ description: 'Year.' })
    }, { description: 'The production and the interval that it belongs to.' })
  }),
  'user:battery:discovered': battery.discovered,
  'user:battery:updated': battery.updated,
  'user:battery:deleted': battery.deleted,
  'user:meter:discovered': meter.discovered,
  'user:meter:updated': meter.updated,
  'user:meter:deleted': meter.deleted,
  'user:hem-system:discovered': hemSystem.discovered,
  'user:hem-system:updated': hemSystem.updated,
  'user:hem-system:deleted': hemSystem.deleted,
  'user:credentials:invalidated': userEvent('user:credentials:invalidated', 'The credentials of a user no longer work; linking again helps.', {
    vendor: Ref(Vendor)
  }),
  'user:vendor-action:updated': userEvent('user:vendor-action:updated', 'An action was created or changed its state.', {
    vendorAction: Ref(VendorAction),
    ...updatedFields
  }),
  'user:schedule:execution-updated': userEvent('user:schedule:execution-updated', 'The status of a schedule changed.', {
    status: Ref(ScheduleStatus),
    schedule: Ref(Schedule),
    ...updatedFields
  }),
  'system:heartbeat': systemEvent('system:heartbeat', 'A sign of life, sent now and then.', {
    pendingEvents: Type.Number({ description: 'Events that still wait for their delivery.' })
  }),
  'enode:webhook:test': systemEvent('enode:webhook:test', 'A test of the webhook, sent on request.', {})
} as const satisfies Record<string, TSchema> & Record<`user:${AssetKind | 'hem-system'}:${'discovered' | 'updated' | 'deleted'}`, TSchema>

export type EventName = keyof typeof events
export const WebhookEvent = Tagged('event', Object.values(events), { $id: 'WebhookEvent', description: 'An event of any kind; `event` says of which.' })
export type WebhookEvent = EventOf<EventName>

/** How many events travel together is `mostEvents` of `domain/tell/events.ts`. */
export const WebhookDelivery = Type.Array(Ref(WebhookEvent), {
  $id: 'WebhookDelivery', minItems: 1, maxItems: 100, description: 'The body of every delivery: the events of one moment, of one kind or of several.'
})
export type WebhookDelivery = WebhookEvent[]
export type EventOf<N extends EventName> = Static<typeof events[N]>
