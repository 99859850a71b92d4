import { Type, type Static } from '@sinclair/typebox'
import { events } from './events.ts'
import { VendorStatus } from './health.ts'
import { Closed, Formed, Nullable, StringEnum } from './kit.ts'
import { Ref } from './ref.ts'
import { Vendor, VendorType } from './vendors.ts'

export const Resolution = Closed({
  state: StringEnum(['CONFIRMED', 'FAILED', 'CANCELLED']),
  failureReason: Type.Optional(Closed({
    type: StringEnum(['NO_RESPONSE', 'FAILED_PRECONDITION', 'CONFLICT', 'NOT_FOUND', 'UNNECESSARY', 'REQUESTED_CANCELLATION']),
    detail: Type.String({ maxLength: 500 })
  }))
}, { $id: 'Resolution', description: 'How a pending action shall end, now.' })
export type Resolution = Static<typeof Resolution>

const yes = (description: string) => Type.Optional(Type.Literal(true, { description }))

export const FaultTarget = Closed({
  method: Type.Optional(StringEnum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], { description: 'Requests by method.' })),
  path: Type.Optional(Type.String({ maxLength: 200, description: 'Requests by path, as a documented template: `/vehicles/{vehicleId}`, or `/oauth2/token`.' })),
  status: Type.Optional(Type.Integer({ minimum: 200, maximum: 599, description: 'Requests that would be answered so: the operation is carried out, and the fault hits its answer.' })),
  vendor: Type.Optional(Ref(Vendor)),
  vendorType: Type.Optional(Ref(VendorType)),
  assetId: Type.Optional(Type.String({ maxLength: 200, description: 'Actions on, or polls of, an asset.' })),
  kind: Type.Optional(StringEnum(['START', 'STOP', 'max-current', 'charge-rate-limit', 'operation-mode', 'permanent-hold', 'follow-schedule'], { description: 'Actions by what they command.' })),
  webhookId: Type.Optional(Type.String({ maxLength: 200, description: 'Deliveries to a webhook.' })),
  event: Type.Optional(StringEnum(Object.keys(events), { description: 'Deliveries that carry such an event.' }))
}, {
  $id: 'FaultTarget',
  description: 'Whom a fault hits: all keys that are given must fit. Requests are picked by `method`, `path`, `status`; actions by `assetId`, `vendor`, `vendorType`, `kind`; polls by `assetId`, `vendor`, `vendorType`; deliveries by `webhookId`, `event`; linking by `vendor`, `vendorType`. Without keys, the effect hits all that it can hit.'
})
export type FaultTarget = Static<typeof FaultTarget>

export const FaultEffect = Closed({
  status: Type.Optional(Type.Integer({ minimum: 400, maximum: 599, description: 'Requests are answered with this status. `x-mock-fault` names the fault.' })),
  headers: Type.Optional(Type.Record(Type.String({ pattern: '^[A-Za-z0-9-]{1,100}$' }), Formed('^[ -~]*$', 'a text of printable ASCII characters', { maxLength: 1000 }), { additionalProperties: false, description: 'With `status`: headers of the answer. A 429 and a 503 carry `retry-after: 60` if it is not given; what frames a message, such as `content-length`, cannot be set.' })),
  problem: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'With `status`: what differs from the documented problem in the body.' })),
  delay: Type.Optional(Type.String({ maxLength: 100, description: 'ISO 8601 duration. Requests wait so long in real time, at most PT5M, before they are carried out; actions and deliveries in simulated time, while later deliveries go out. Which of them is meant, the keys of `on` say.' })),
  disconnect: yes('Requests get no answer: the connection is closed.'),
  outcome: Type.Optional(Ref(Resolution)),
  undo: Type.Optional(Type.String({ maxLength: 100, description: 'ISO 8601 duration. Actions take their course; so long after one is confirmed, the device goes back to what it was, and the next look sees it.' })),
  unreachable: yes('Polls do not reach the device.'),
  stale: yes('Polls show what was last seen: neither `lastSeen` nor any `lastUpdated` moves on, and `isReachable` stays. What was last seen a week ago is unknown, as documented.'),
  misreport: Type.Optional(Type.Record(Type.String({ pattern: '^[A-Za-z0-9.]{1,100}$' }), Type.Unknown(), { additionalProperties: false, minProperties: 1, description: 'Polls show these values instead of what is so, by field: `{"chargeState.isPluggedIn": false}`. They must be such as the field can have, in every kind of asset that may be hit; what Enode itself knows, such as ids, scopes and capabilities, cannot be misreported.' })),
  missing: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { minItems: 1, maxItems: 20, description: 'Polls bring nothing of these parts of the view, such as `odometer`: they are null as at discovery.' })),
  late: Type.Optional(Type.String({ maxLength: 100, description: 'ISO 8601 duration. Polls show the device as it was so long ago, at most back to when it last changed for a reason from outside or, at the latest, to midnight UTC; what is measured says that moment as its `lastUpdated`.' })),
  drop: yes('Deliveries are never sent, and count as given up.'),
  duplicate: yes('Deliveries are sent once more, with the same id and bytes, after they were acknowledged.'),
  reorder: yes('Deliveries let the next one to the same webhook go first; after a minute of simulated time they wait no longer.'),
  linkingStatus: Type.Optional(Ref(VendorStatus))
}, {
  $id: 'FaultEffect',
  description: 'What a fault does: one of these, `headers` and `problem` along with `status`. `outcome` ends an action at its first try that reaches the device; a confirmation makes the device obey, and changes nothing when it cannot. `linkingStatus` says how well a vendor can be linked.'
})
export type FaultEffect = Static<typeof FaultEffect>

export const FaultWish = Closed({
  on: Ref(FaultTarget),
  effect: Ref(FaultEffect),
  times: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Hits after which it is gone; without end if left out.' })),
  after: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000, description: 'How many that fit pass before the first hit.' }))
}, { $id: 'FaultWish', description: 'What shall go wrong. Of several that fit, the one made first acts, and those after it do not count. Of several linking statuses, the one made last holds.' })
export type FaultWish = Static<typeof FaultWish>

export const FaultView = Type.Object({
  id: Type.String(),
  on: Ref(FaultTarget),
  effect: Ref(FaultEffect),
  timesLeft: Nullable(Type.Integer({ description: 'Hits that it has left; null for one without end.' })),
  afterLeft: Type.Integer({ description: 'How many that fit still pass before the next hit.' })
}, { $id: 'FaultView', description: 'A fault that is in force, with what is left of it.' })
export type FaultView = Static<typeof FaultView>

export const faultComponents = [Resolution, FaultTarget, FaultEffect, FaultWish]
