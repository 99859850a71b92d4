import { Type, type Static } from '@sinclair/typebox'
import { timings, tokenClocks } from './timing.ts'
import { events } from './events.ts'
import { Closed, Name, Nullable, StringEnum, Timestamp } from './kit.ts'
import { Ref } from './ref.ts'
import { longestUserId } from './user.ts'
import { patience } from './webhook.ts'

/** Version of the form of snapshot files. A newer one is refused. */
export const fileFormat = 1

/** Version of the form of logs. Another is refused: in logs of format 1, timers were counted that are no longer set. */
export const logFormat = 2

const Headers = (description: string) => Type.Record(Type.String(), Type.String(), { description })

export const SnapshotWish = Closed({
  name: Name({ description: 'What to call it; one of the same name is replaced.' })
}, { $id: 'SnapshotWish', description: 'A snapshot to be made.' })
export type SnapshotWish = Static<typeof SnapshotWish>

export const RestoreWish = Closed({
  into: Type.Optional(Name({ description: 'Name of a new world; the same world if left out.' }))
}, { $id: 'RestoreWish', description: 'Where a snapshot is restored.' })
export type RestoreWish = Static<typeof RestoreWish>

export const SnapshotFile = Closed({
  format: Type.Integer({ description: `Version of this form; ${fileFormat} is the newest that is read.` }),
  version: Type.String({ description: 'The mock-enode that wrote it.' }),
  name: Name({ description: 'What it is called.' }),
  now: Timestamp('Where simulated time stood.'),
  mode: StringEnum(['running', 'frozen'], { description: 'How time moved.' }),
  speed: Type.Number({ exclusiveMinimum: 0, maximum: 1e6, description: 'Simulated seconds for each real second.' }),
  database: Type.String({ description: 'The SQLite database of the world, gzipped, in base64. It holds the secrets of webhooks, accounts and the client.' })
}, { $id: 'SnapshotFile', description: 'A snapshot as a file. Keep it as you keep the secrets in it.' })
export type SnapshotFile = Static<typeof SnapshotFile>

export const SnapshotView = Type.Object({
  name: Type.String(),
  now: Timestamp('Where simulated time stood.'),
  bytes: Type.Integer({ description: 'Size in memory.' })
}, { $id: 'SnapshotView', description: 'A snapshot that is kept.' })
export type SnapshotView = Static<typeof SnapshotView>

export const LogCall = Closed({
  method: Type.String(),
  url: Type.String(),
  base: Type.String({ description: 'The base of the URLs that its answer hands out.' }),
  headers: Headers('What of the headers matters to the answer, credentials among it.'),
  body: Nullable(Type.String({ description: 'The body; null if there was none.' })),
  status: Nullable(Type.Integer({ description: 'What was answered; null if nothing was, or not yet.' })),
  answer: Nullable(Type.String({ description: 'The body of the answer, byte for byte.' })),
  until: Nullable(Type.Integer({ description: 'How many entries there were when it was answered.' }))
}, { $id: 'LogCall', description: 'A call and its answer.' })
export type LogCall = Static<typeof LogCall>

export const LogDelivery = Closed({
  id: Type.String({ description: 'Its x-enode-delivery.' }),
  url: Type.String(),
  headers: Headers('The headers as sent, without that of the authentication.'),
  body: Type.String({ description: 'The body as sent, byte for byte.' }),
  status: Nullable(Type.Integer({ description: 'What the receiver answered; null if nothing did.' })),
  error: Nullable(Type.String({ description: 'Why nothing answered.' })),
  answerHeaders: Type.Array(Type.String(), { description: 'Each `name: value`.' }),
  answer: Type.String({ description: 'Body of the receiver\'s answer.' })
}, { $id: 'LogDelivery', description: 'An attempt to deliver, and what came of it.' })
export type LogDelivery = Static<typeof LogDelivery>

export const LogEntry = Closed({
  at: Timestamp('The simulated time.'),
  timers: Type.Integer({ description: 'How many timers had come due since the start.' }),
  call: Type.Optional(Ref(LogCall)),
  delivery: Type.Optional(Ref(LogDelivery))
}, { $id: 'LogEntry', description: 'Something that came from outside: a call, or the answer of a receiver; one with neither is the end of an advance of the clock.' })
export type LogEntry = Static<typeof LogEntry>

export const LogStart = Closed({
  clientId: Type.String(),
  clientSecret: Type.String(),
  seed: Type.Integer({ minimum: 0, maximum: 4294967295 }),
  now: Timestamp('The start of simulated time.'),
  timing: StringEnum(timings),
  tokens: Type.Optional(StringEnum(tokenClocks, { description: '`simulated` where it is left out, as in logs of before there was a choice.' })),
  webhookPatience: Type.Optional(patience),
  fixture: Type.String({ description: 'Name of the fixture.' }),
  content: Type.String({ description: 'The fixture itself, as JSON.' }),
  baseUrl: Nullable(Type.String({ description: 'Base of the URLs in what a webhook is told that no request registered. Null when the port was to be a free one, and so was not known.' })),
  snapshot: Nullable(Ref(SnapshotFile))
}, { $id: 'LogStart', description: 'The world as it was when the log began: made of seed and fixture, or a snapshot.' })
export type LogStart = Static<typeof LogStart>

export const WorldLog = Closed({
  format: Type.Integer({ description: `Version of this form; ${logFormat} is the one that is read.` }),
  version: Type.String({ description: 'The mock-enode that wrote it.' }),
  start: Ref(LogStart),
  isComplete: Type.Boolean({ description: 'False once the log was full and went on without the rest.' }),
  entries: Type.Array(Ref(LogEntry), { maxItems: 100_000 })
}, { $id: 'WorldLog', description: 'All that came to a world from outside, in order, so that it can be played again. It holds credentials.' })
export type WorldLog = Static<typeof WorldLog>

export const Replayed = Type.Object({
  isSame: Type.Boolean({ description: 'Whether every answer and every delivery had the same bytes.' }),
  calls: Type.Integer({ description: 'Calls that were played and compared.' }),
  deliveries: Type.Integer({ description: 'Deliveries that were compared.' }),
  difference: Nullable(Type.Object({
    entry: Type.Integer({ description: 'Index of the entry of the log.' }),
    at: Timestamp('Its simulated time.'),
    what: Type.String({ description: 'The call, or the delivery.' }),
    expected: Type.String({ description: 'What the log says.' }),
    came: Type.String({ description: 'What came instead.' })
  }, { description: 'The first difference; the replay ends there.' }))
}, { $id: 'Replayed', description: 'What came of a replay.' })
export type Replayed = Static<typeof Replayed>

export const RequestMatcher = Closed({
  method: Type.Optional(Type.String({ maxLength: 20, description: 'The method.' })),
  path: Type.Optional(Type.String({ maxLength: 2000, description: 'The path without its query, or a documented template such as `/vehicles/{vehicleId}`.' })),
  url: Type.Optional(Type.String({ maxLength: 2000, description: 'The path with its query, exactly.' })),
  body: Type.Optional(Type.Unknown({ description: 'A part of the JSON body: every key that it names must be there with that value; lists must be equal.' })),
  headers: Type.Optional(Type.Record(Type.String(), Type.String(), { description: 'Headers that must have these values.' })),
  status: Type.Optional(Type.Integer({ minimum: 100, maximum: 599, description: 'The status of the answer.' }))
}, { $id: 'RequestMatcher', description: 'Which requests are meant: all keys that are given must fit.' })
export type RequestMatcher = Static<typeof RequestMatcher>

export const RequestView = Type.Object({
  id: Type.Integer({ description: 'Counts the requests of a world.' }),
  at: Timestamp('When it came, in simulated time.'),
  method: Type.String(),
  url: Type.String({ description: 'Path and query. The key of a link session is left out.' }),
  path: Nullable(Type.String({ description: 'The documented template; null where there is none.' })),
  headers: Headers('Headers, without credentials.'),
  body: Type.Unknown({ description: 'The body: JSON or text, without secrets; null if there was none, or more than 64 KiB.' }),
  response: Type.Object({
    status: Nullable(Type.Integer({ description: 'Null when the connection was closed instead.' })),
    headers: Headers('Headers of the answer.'),
    body: Type.Unknown({ description: 'Likewise.' })
  })
}, { $id: 'RequestView', description: 'A request and its answer.' })
export type RequestView = Static<typeof RequestView>

const links = {
  id: Type.Integer({ description: 'Number of the entry.' }),
  at: Timestamp('When, in simulated time.'),
  kind: StringEnum(['request', 'clock', 'refresh-hint', 'schedule', 'smart-charging', 'action-requested', 'action-settled', 'poll', 'placed', 'event', 'delivery', 'fault', 'temperament', 'life']),
  says: Type.String({ description: 'What happened, in a few words.' })
}

export const TimelineEntry = Type.Object({
  ...links,
  userId: Nullable(Type.String()),
  assetId: Nullable(Type.String()),
  actionId: Nullable(Type.String()),
  webhookId: Nullable(Type.String()),
  deliveryId: Nullable(Type.String()),
  origin: Nullable(Type.String({ description: 'What set off an entry without a cause, such as `timer asset.poll`.' })),
  causes: Type.Array(Type.Object(links), { description: 'What caused it, what caused that, and so on.' })
}, { $id: 'TimelineEntry', description: 'Something that happened, and why.' })
export type TimelineEntry = Static<typeof TimelineEntry>

export const EventWish = Closed({
  event: StringEnum(Object.keys(events), { description: 'The event to send.' }),
  assetId: Type.Optional(Type.String({ maxLength: 200, description: 'The asset that it is made from, or a HEM system; what it needs is made up if left out.' })),
  userId: Type.Optional(Type.String({ maxLength: longestUserId, description: 'The user whom it concerns; that of the asset if left out.' })),
  webhookId: Type.Optional(Type.String({ maxLength: 200, description: 'Sends it to this webhook, whatever it asked for; to all that asked for it if left out.' })),
  fields: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'What differs, merged into the event: `{"vehicle": {"chargeState": {"batteryLevel": 12}}}`.' }))
}, { $id: 'EventWish', description: 'An event to send on demand.' })
export type EventWish = Static<typeof EventWish>

export const journalComponents = [SnapshotWish, RestoreWish, SnapshotFile, LogCall, LogDelivery, LogEntry, LogStart, WorldLog, RequestMatcher, EventWish]
export const journalAnswers = [SnapshotView, Replayed, RequestView, TimelineEntry]
