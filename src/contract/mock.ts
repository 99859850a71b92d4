import { Type, type Static } from '@sinclair/typebox'
import { timings, tokenClocks } from './timing.ts'
import { Closed, Formed, Name, Nullable, StringEnum } from './kit.ts'
import { CreateLocationBody } from './location.ts'
import { faultComponents, FaultWish } from './mock-faults.ts'
import { LifeChoice, lifeComponents } from './mock-life.ts'
import { journalComponents } from './mock-journal.ts'
import { Ref } from './ref.ts'
import { CreateScheduleBody } from './schedule.ts'
import { Scope } from './scopes.ts'
import { UpdateSmartChargingPolicyBody } from './smart-charging.ts'
import { LinkTariffBody, TariffParams, TariffRate } from './tariff.ts'
import { longestUserId, UserId } from './user.ts'
import { Vendor, VendorType } from './vendors.ts'
import { CreateWebhookBody, patience } from './webhook.ts'

export const CapabilityChange = Type.Union([
  Type.Boolean(),
  Closed({
    isCapable: Type.Boolean(),
    interventionIds: Type.Optional(Type.Array(Type.String({ format: 'uuid' }), { description: 'Interventions that would bring it back, out of those for the vendor and type of the device in `GET /interventions`.' }))
  })
], { $id: 'CapabilityChange', description: '`false` switches a capability off, `true` gives back what the model has.' })
export type CapabilityChange = Static<typeof CapabilityChange>

const physical = Type.Record(Type.String(), Type.Unknown(), {
  description: 'Physical facts by the field names of the API: `isPluggedIn`, `batteryLevel` (percent), `powerDeliveryState`, `latitude` … What cannot be is refused with a 400 that names it and says why.'
})
const capabilities = Type.Record(Type.String(), Ref(CapabilityChange), { description: 'Capabilities by name that this device lacks, or has again.' })

export const DeviceWish = Closed({
  type: Ref(VendorType),
  model: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'Model by name; one of the vendor\'s by the seed if left out.' })),
  displayName: Type.Optional(Nullable(Type.String({ maxLength: 100, description: 'The owner\'s name for it.' }))),
  state: Type.Optional(physical),
  capabilities: Type.Optional(capabilities)
}, { $id: 'DeviceWish', description: 'A simulated device. What is left out is made up by the seed.' })
export type DeviceWish = Static<typeof DeviceWish>

export const AccountWish = Closed({
  vendor: Ref(Vendor),
  userId: Type.Optional(Type.String({ minLength: 1, maxLength: longestUserId, description: 'Links the account to this user at once. Without it, the account waits for Link UI.' })),
  scopes: Type.Optional(Type.Array(Ref(Scope), { minItems: 1, description: 'What the user grants; all scopes of the devices\' types if left out.' })),
  username: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Name for the sign-in; made by the seed if left out.' })),
  password: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Password for the sign-in; made by the seed if left out.' })),
  life: Type.Optional(Ref(LifeChoice)),
  devices: Type.Array(Ref(DeviceWish), { maxItems: 10000, description: 'What the account holds.' })
}, { $id: 'AccountWish', description: 'A virtual account at a vendor.' })
export type AccountWish = Static<typeof AccountWish>

export const DeviceChange = Closed({
  state: Type.Optional(physical),
  capabilities: Type.Optional(capabilities),
  isReachable: Type.Optional(Type.Boolean({ description: 'Whether Enode can reach the device.' })),
  force: Type.Optional(Type.Boolean({ default: false, description: 'Sets also what cannot be of a device that was so before: a position away from the cable that is in, an odometer or a lifetime production that falls, more production than the hardware can have given, a charge that is COMPLETE below its limit, a model year to come. What no state can hold is refused all the same: values out of their range, and facts that contradict each other.' })),
  observe: Type.Optional(Type.Boolean({ default: true, description: 'Whether Enode looks at it at once; false leaves it to the next poll.' }))
}, { $id: 'DeviceChange', description: 'A change of the physical truth about a device.' })
export type DeviceChange = Static<typeof DeviceChange>

export const Completion = Closed({
  linkToken: Type.String({ description: 'What POST /users/{userId}/link answered.' }),
  username: Type.Optional(Type.String({ description: 'Signs in to an account that exists.' })),
  password: Type.Optional(Type.String()),
  vendor: Type.Optional(Ref(Vendor)),
  devices: Type.Optional(Type.Array(Ref(DeviceWish), { minItems: 1, maxItems: 10000, description: 'Devices of an account made on the spot; one of each type that the session asks for if left out.' }))
}, { $id: 'Completion', description: 'How to go through Link UI: with an account that exists, or with one made on the spot.' })
export type Completion = Static<typeof Completion>

export const clockModes = ['running', 'frozen'] as const

export const ClockChange = Closed({
  now: Type.Optional(Type.String({ format: 'date-time', description: 'A later moment to go to; all that is due on the way happens.' })),
  mode: Type.Optional(StringEnum(clockModes)),
  speed: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1e6, description: 'Simulated seconds for each real second.' }))
}, { $id: 'ClockChange', description: 'How time shall stand and move from here.' })
export type ClockChange = Static<typeof ClockChange>

const times = Type.Optional(Type.Integer({ minimum: 1, maximum: 10000, description: 'How many of it there are; one if left out. `{n}` in a user id or a username is 1 in the first, 2 in the second, and so on.' }))

export const FixtureSchedule = Closed({
  location: Nullable(Type.String({ description: 'Name of the location of the user at which it acts. Null is no matter for a charger; a vehicle is then never controlled.' })),
  ...Type.Omit(CreateScheduleBody, ['targetId', 'targetType', 'locationId']).properties
}, { $id: 'FixtureSchedule', description: 'A schedule that controls the vehicle or charger that it stands at.' })
export type FixtureSchedule = Static<typeof FixtureSchedule>

export const FixtureDevice = Closed({
  ...DeviceWish.properties,
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'By which other devices of its user, in this file, refer to it.' })),
  count: Type.Optional(Type.Integer({ minimum: 1, maximum: 10000, description: 'How many of it there are; one if left out.' })),
  location: Type.Optional(Type.String({ description: 'Name of the location of its user where it stands.' })),
  pluggedInto: Type.Optional(Type.String({ description: 'Name of the charger, of the same user, that a vehicle is plugged into.' })),
  isReachable: Type.Optional(Type.Boolean({ description: 'False: Enode saw it once and no longer reaches it.' })),
  silentFor: Type.Optional(Type.String({ description: 'For how long nothing was heard of it, as an ISO 8601 duration. After 7 days what it was doing is unknown.' })),
  schedules: Type.Optional(Type.Array(Ref(FixtureSchedule), { description: 'Schedules that control it.' })),
  smartChargingPolicy: Type.Optional(Type.Partial(UpdateSmartChargingPolicyBody, { additionalProperties: false, description: 'What smart charging of a vehicle shall achieve.' }))
}, { $id: 'FixtureDevice', description: 'A simulated device of a fixture. What is left out is made up by the seed.' })
export type FixtureDevice = Static<typeof FixtureDevice>

export const FixtureAccount = Closed({
  ...AccountWish.properties,
  count: times,
  isValid: Type.Optional(Type.Boolean({ description: 'False: its credentials have stopped working.' })),
  devices: Type.Array(Ref(FixtureDevice), { description: 'What the account holds.' })
}, { $id: 'FixtureAccount', description: 'A virtual account of a fixture.' })
export type FixtureAccount = Static<typeof FixtureAccount>

export const FixtureLocation = Closed({
  ...CreateLocationBody.properties,
  timezoneName: Type.Optional(Type.String({ description: 'IANA name of its timezone; that of the coordinates if left out.' })),
  tariff: Type.Optional(Ref(LinkTariffBody)),
  life: Type.Optional(Ref(LifeChoice))
}, { $id: 'FixtureLocation', description: 'A location of a user. Devices and schedules refer to it by its name.' })
export type FixtureLocation = Static<typeof FixtureLocation>

export const FixtureUser = Closed({
  id: UserId,
  count: times,
  locations: Type.Optional(Type.Array(Ref(FixtureLocation), { description: 'Places of the user.' }))
}, { $id: 'FixtureUser', description: 'A user and its locations.' })
export type FixtureUser = Static<typeof FixtureUser>

export const FixtureWebhook = Closed({
  ...CreateWebhookBody.properties,
  isActive: Type.Optional(Type.Boolean({ default: true, description: 'False: nothing is delivered before `PATCH /webhooks/{webhookId}` or a test that succeeds makes it active.' }))
}, { $id: 'FixtureWebhook', description: 'A webhook of a fixture.' })
export type FixtureWebhook = Static<typeof FixtureWebhook>

export const Fixture = Closed({
  $schema: Type.Optional(Type.String({ description: 'Where this schema is, for editors.' })),
  description: Type.Optional(Type.String({ description: 'What the fixture is for.' })),
  connectionLimit: Type.Optional(Type.Integer({ minimum: 0, description: 'Connections after which a new link session is refused with a 403; without end if left out.' })),
  webhookPatience: Type.Optional(patience),
  webhooks: Type.Optional(Type.Array(Ref(FixtureWebhook), { description: 'Webhooks that are registered before anything else happens.' })),
  faults: Type.Optional(Type.Array(Ref(FaultWish), { description: 'What goes wrong from the start.' })),
  tariffs: Type.Optional(Type.Record(TariffParams.properties.tariffId, Type.Array(Ref(TariffRate)), { additionalProperties: false, description: 'Tariffs by their ids.' })),
  users: Type.Optional(Type.Array(Type.Union([UserId, Ref(FixtureUser)]), { description: 'Users, where they have locations or no asset. The users of accounts need not be named.' })),
  accounts: Type.Optional(Type.Array(Ref(FixtureAccount), { description: 'Virtual accounts and their devices.' }))
}, { $id: 'Fixture', description: 'What a world of mock-enode starts with.' })
export type Fixture = Static<typeof Fixture>

export const WorldWish = Closed({
  name: Type.Optional(Name({ description: 'Name for X-Mock-World; the next free number if left out.' })),
  seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 4294967295 })),
  now: Type.Optional(Type.String({ format: 'date-time', description: 'Start of simulated time.' })),
  clock: Type.Optional(StringEnum(clockModes)),
  speed: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1e6 })),
  timing: Type.Optional(StringEnum(timings)),
  tokens: Type.Optional(StringEnum(tokenClocks, { description: 'What ends a token: 3,599 seconds of `real` time, or of `simulated` time.' })),
  webhookPatience: Type.Optional(patience),
  fixture: Type.Optional(Type.Union([
    Formed('^[a-z0-9-]{1,64}$', 'the name of a fixture, or a fixture itself', { description: 'Name of a fixture that comes with mock-enode.' }),
    Ref(Fixture)
  ]))
}, { $id: 'WorldWish', description: 'A world of its own: what is left out is as in the default world.' })
export type WorldWish = Static<typeof WorldWish>

/** The named schemas of the control API and of fixtures, besides those of its answers; they are no part of the documented API. */
export const mockComponents = [
  ...lifeComponents, CapabilityChange, DeviceWish, AccountWish, DeviceChange, Completion, ClockChange, ...faultComponents, ...journalComponents,
  FixtureSchedule, FixtureDevice, FixtureAccount, FixtureLocation, FixtureUser, FixtureWebhook, Fixture, WorldWish
]
