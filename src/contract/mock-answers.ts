import { Type, type Static } from '@sinclair/typebox'
import { Nullable, StringEnum, Timestamp } from './kit.ts'
import { DeviceDay, HomeDay } from './mock-day.ts'
import { FaultView } from './mock-faults.ts'
import { journalAnswers } from './mock-journal.ts'
import { lifeAnswers } from './mock-life.ts'
import { clockModes } from './mock.ts'
import { VendorType } from './vendors.ts'
import { Ref } from './ref.ts'

export const ClockSetting = Type.Object({
  now: Timestamp('Where simulated time stands.'),
  mode: StringEnum(clockModes, { description: '`running` follows the wall clock, `frozen` waits to be advanced.' }),
  speed: Type.Number({ description: 'Simulated seconds for each real second while running.' })
}, { $id: 'ClockSetting', description: 'The clock of a world.' })
export type ClockSetting = Static<typeof ClockSetting>

export const ClockView = Type.Composite([ClockSetting, Type.Object({
  goal: Nullable(Timestamp('Where an advance that is under way goes to; null when none is.')),
  waitsFor: Type.Array(Type.Object({
    deliveryId: Type.String({ description: 'Its x-enode-delivery.' }),
    webhookId: Type.String(),
    url: Type.String({ description: 'Where it is being posted.' })
  }), { description: 'Attempts to deliver that have no answer yet: time does not move past them. A receiver has 5 seconds.' }),
  next: Nullable(Type.Object({
    at: Timestamp('When it is due.'),
    timer: Type.String({ description: 'What comes due, such as `asset.poll`, `action.attempt` or `webhook.retry`.' }),
    subject: Type.String({ description: 'Id of the asset, action, schedule, webhook or delivery that it is about.' })
  }, { description: 'What is due next; null when nothing is.' }))
})], { $id: 'ClockView', description: 'The clock of a world, and how time gets on.' })
export type ClockView = Static<typeof ClockView>

export const Advanced = Type.Object({
  now: Timestamp('Where simulated time stands.'),
  timers: Type.Integer({ description: 'Things that came due on the way: polls, attempts, retries.' }),
  deliveries: Type.Integer({ description: 'Attempts to deliver webhooks on the way.' })
}, { $id: 'Advanced', description: 'What happened while time moved.' })
export type Advanced = Static<typeof Advanced>

export const WorldView = Type.Object({
  name: Type.String(),
  seed: Type.Integer(),
  fixture: Type.String(),
  clientId: Type.String(),
  clock: Ref(ClockSetting)
}, { $id: 'WorldView', description: 'A world. Its secret was told once, when it was made.' })
export type WorldView = Static<typeof WorldView>

export const WorldCredentials = Type.Object({
  name: Type.String({ description: 'What X-Mock-World calls it.' }),
  clientId: Type.String(),
  clientSecret: Type.String({ description: 'Not shown again.' })
}, { $id: 'WorldCredentials', description: 'The credentials of a new world.' })
export type WorldCredentials = Static<typeof WorldCredentials>

const AccountDevice = Type.Object({ id: Type.String({ description: 'Id of the device, and of the asset that the first user makes of it.' }), type: Ref(VendorType) })

export const AccountView = Type.Object({
  id: Type.String(),
  vendor: Type.String(),
  username: Type.String(),
  password: Type.String(),
  isValid: Type.Boolean({ description: 'Whether the vendor still accepts the credentials.' }),
  userIds: Type.Array(Type.String(), { description: 'Users who linked it.' }),
  devices: Type.Array(AccountDevice)
}, { $id: 'AccountView', description: 'A virtual account at a vendor.' })
export type AccountView = Static<typeof AccountView>

export const DeviceTruth = Type.Object({
  id: Type.String(),
  type: Ref(VendorType),
  vendor: Type.String(),
  accountId: Type.String(),
  userId: Nullable(Type.String({ description: 'The first user who has it linked.' })),
  state: Type.Record(Type.String(), Type.Unknown(), { description: 'What it physically is, units in the names.' }),
  capabilities: Type.Record(Type.String(), Type.Unknown()),
  isReachable: Type.Boolean(),
  observed: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()], { description: 'What the API shows; null while nobody has it linked.' })
}, { $id: 'DeviceTruth', description: 'The physical truth about a device, and what the API shows of it.' })
export type DeviceTruth = Static<typeof DeviceTruth>

export const DeliveryView = Type.Object({
  id: Type.String({ description: 'The x-enode-delivery of every attempt.' }),
  webhookId: Type.String(),
  url: Type.String(),
  state: StringEnum(['PENDING', 'DELIVERED', 'GIVEN_UP']),
  createdAt: Timestamp('When its events happened.'),
  updatedAt: Timestamp('When it was last tried, or ended.'),
  nextAttemptAt: Nullable(Timestamp('When it is tried again; null if it is due or has ended.')),
  events: Type.Array(Type.String(), { description: 'Names of the events in the body.' }),
  headers: Type.Record(Type.String(), Type.String(), { description: 'What is sent along; the value of an authentication header is left out.' }),
  body: Type.String({ description: 'The body as it is sent, byte for byte.' }),
  attempts: Type.Array(Type.Object({
    at: Timestamp('When it was tried.'),
    status: Nullable(Type.Integer({ description: 'What the receiver answered; null if nothing did.' })),
    error: Nullable(Type.String({ description: 'Why nothing answered.' })),
    headers: Type.Union([Type.Array(Type.String()), Type.Null()], { description: 'Headers of the answer, each `name: value`.' }),
    body: Nullable(Type.String({ description: 'Body of the answer, at most 16 KiB of it.' }))
  }))
}, { $id: 'DeliveryView', description: 'One POST to a webhook and its attempts.' })
export type DeliveryView = Static<typeof DeliveryView>

export const mockAnswers = [ClockSetting, ClockView, Advanced, WorldView, WorldCredentials, AccountView, DeviceTruth, DeliveryView, FaultView, DeviceDay, HomeDay, ...lifeAnswers, ...journalAnswers]
