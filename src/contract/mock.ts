import { Type, type Static } from '@sinclair/typebox'
import { Closed, Nullable, StringEnum } from './kit.ts'
import { faultComponents } from './mock-faults.ts'
import { journalComponents } from './mock-journal.ts'
import { Ref } from './ref.ts'
import { Scope } from './scopes.ts'
import { Vendor, VendorType } from './vendors.ts'
import { CreateWebhookBody } from './webhook.ts'

export const CapabilityChange = Type.Union([
  Type.Boolean(),
  Closed({
    isCapable: Type.Boolean(),
    interventionIds: Type.Optional(Type.Array(Type.String({ format: 'uuid' }), { description: 'Interventions that would bring it back, out of those for the vendor and type of the device in `GET /interventions`.' }))
  })
], { $id: 'CapabilityChange', description: '`false` switches a capability off, `true` gives back what the model has.' })
export type CapabilityChange = Static<typeof CapabilityChange>

const physical = Type.Record(Type.String(), Type.Unknown(), {
  description: 'Physical facts by the field names of the API: `isPluggedIn`, `batteryLevel` (percent), `powerDeliveryState`, `latitude` … What cannot be is refused with a 400 that says why.'
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
  userId: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Links the account to this user at once. Without it, the account waits for Link UI.' })),
  scopes: Type.Optional(Type.Array(Ref(Scope), { minItems: 1, description: 'What the user grants; all scopes of the devices\' types if left out.' })),
  username: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Name for the sign-in; made by the seed if left out.' })),
  password: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Password for the sign-in; made by the seed if left out.' })),
  devices: Type.Array(Ref(DeviceWish), { maxItems: 10000, description: 'What the account holds.' })
}, { $id: 'AccountWish', description: 'A virtual account at a vendor.' })
export type AccountWish = Static<typeof AccountWish>

export const Fixture = Closed({
  $schema: Type.Optional(Type.String({ description: 'Where this schema is, for editors.' })),
  description: Type.Optional(Type.String({ description: 'What the fixture is for.' })),
  connectionLimit: Type.Optional(Type.Integer({ minimum: 0, description: 'Connections after which a new link session is refused with a 403; without end if left out.' })),
  users: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { description: 'Users without any asset. The users of accounts need not be named.' })),
  accounts: Type.Optional(Type.Array(Ref(AccountWish), { description: 'Virtual accounts and their devices.' })),
  webhooks: Type.Optional(Type.Array(Ref(CreateWebhookBody), { description: 'Webhooks that are registered before anything else happens.' }))
}, { $id: 'Fixture', description: 'What a world of mock-enode starts with.' })
export type Fixture = Static<typeof Fixture>

export const DeviceChange = Closed({
  state: Type.Optional(physical),
  capabilities: Type.Optional(capabilities),
  isReachable: Type.Optional(Type.Boolean({ description: 'Whether Enode can reach the device.' })),
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

export const WorldWish = Closed({
  name: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9._-]{1,64}$', description: 'Name for X-Mock-World; the next free number if left out.' })),
  seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 4294967295 })),
  now: Type.Optional(Type.String({ format: 'date-time', description: 'Start of simulated time.' })),
  clock: Type.Optional(StringEnum(clockModes)),
  speed: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1e6 })),
  timing: Type.Optional(StringEnum(['quick', 'realistic'])),
  fixture: Type.Optional(Type.Union([
    Type.String({ pattern: '^[a-z0-9-]{1,64}$', description: 'Name of a fixture that comes with mock-enode.' }),
    Ref(Fixture)
  ]))
}, { $id: 'WorldWish', description: 'A world of its own: what is left out is as in the default world.' })
export type WorldWish = Static<typeof WorldWish>

/** The named schemas of the control API and of fixtures, besides those of its answers; they are no part of the documented API. */
export const mockComponents = [CapabilityChange, DeviceWish, AccountWish, Fixture, DeviceChange, Completion, ClockChange, WorldWish, ...faultComponents, ...journalComponents]
