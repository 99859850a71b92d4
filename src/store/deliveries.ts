import { type Json } from '../lib/json.ts'
import { statement, sweepEvery, type Db, type Written } from './database.ts'

/** An event on its way to one webhook, as a part of a delivery; `body` is its JSON text as it is sent. */
export interface OutboxRow { seq: number, delivery_id: string, event: string, body: string }

/**
 * One POST to a webhook with the events that one operation announced, retried with the same id and the same bytes.
 * PENDING until it is DELIVERED or GIVEN_UP.
 */
export interface DeliveryRow {
  seq: number
  id: string
  webhook_id: string
  url: string
  state: 'PENDING' | 'DELIVERED' | 'GIVEN_UP'
  created_at: number
  updated_at: number
  /** Null for the first attempt, which is due at once. */
  next_attempt_at: number | null
  /** The entry of the timeline that tells of its first event. */
  cause: number | null
  /** Until when a fault holds it back, while later ones go out; null when none does. */
  held_until: number | null
  /** Whether the attempt of a later delivery ends that. */
  lets_pass: 0 | 1
  /** Times that it is sent again after it was acknowledged. */
  copies: number
}

/** What came of one try; `status` is null when nothing answered, `error` then says why. */
export interface AttemptRow {
  seq: number
  delivery_id: string
  at: number
  /** Where it was sent: a webhook can move between two attempts. */
  url: string
  /** Those that were sent, without the value of an authentication header. */
  request_headers: Json<Record<string, string>>
  status: number | null
  error: string | null
  /** Each as `name: value`. */
  response_headers: Json<string[]> | null
  response_body: string | null
}

/** Ended deliveries that a world retains at least, to look at and to resend; older ones are forgotten. */
export const mostEnded = 1000

/** Deliveries that may wait for a webhook; past that the oldest are given up, or a receiver that is slower than what happens would fill the store. */
export const mostPending = 10_000

export function outboxTable (db: Db) {
  const ofDelivery = statement(db, 'select * from outbox where delivery_id = ? order by seq')
  const bodies = statement(db, 'select body from outbox where delivery_id = ? order by seq')
  const pending = statement(db, `select count(*) as n from outbox join deliveries on deliveries.id = outbox.delivery_id
    where deliveries.webhook_id = ? and deliveries.state = 'PENDING'`)
  const insert = statement(db, 'insert into outbox (delivery_id, event, body) values (?, ?, ?)')
  return {
    ofDelivery: (deliveryId: string): OutboxRow[] => ofDelivery.all(deliveryId) as OutboxRow[],
    /** The texts of its events, as they are sent. */
    bodiesOf: (deliveryId: string): string[] => (bodies.all(deliveryId) as Array<Pick<OutboxRow, 'body'>>).map(({ body }) => body),
    /** Events that a webhook has yet to acknowledge. */
    countPending: (webhookId: string): number => (pending.get(webhookId) as { n: number }).n,
    insert: (deliveryId: string, event: string, body: string): void => { insert.run(deliveryId, event, body) }
  }
}

export function deliveriesTable (db: Db) {
  const get = statement(db, 'select * from deliveries where id = ?')
  const open = statement(db, `select * from deliveries where webhook_id = ? and state = 'PENDING' and coalesce(held_until, 0) <= ?
    order by seq limit 1`)
  const pending = statement(db, "select count(*) as n from deliveries where state = 'PENDING'")
  const list = statement(db, `select * from deliveries where webhook_id = coalesce(?, webhook_id) and state = coalesce(?, state)
    order by seq desc limit ?`)
  const insert = statement(db, `insert into deliveries (id, webhook_id, url, state, created_at, updated_at, cause)
    values (?, ?, ?, 'PENDING', ?, ?, ?)`)
  const update = statement(db, 'update deliveries set state = ?, updated_at = ?, next_attempt_at = ? where id = ?')
  const giveUp = statement(db, `update deliveries set state = 'GIVEN_UP', updated_at = ?, next_attempt_at = null
    where webhook_id = ? and state = 'PENDING'`)
  const countPending = statement(db, "select count(*) as n from deliveries where webhook_id = ? and state = 'PENDING'")
  const giveUpOldest = statement(db, `update deliveries set state = 'GIVEN_UP', updated_at = ?, next_attempt_at = null
    where seq in (select seq from deliveries where webhook_id = ? and state = 'PENDING' order by seq limit ?)`)
  const hurry = statement(db, "update deliveries set next_attempt_at = null where webhook_id = ? and state = 'PENDING'")
  const hold = statement(db, 'update deliveries set held_until = ?, lets_pass = ? where id = ?')
  const pass = statement(db, `update deliveries set held_until = null, lets_pass = 0
    where webhook_id = ? and state = 'PENDING' and lets_pass = 1 and id <> ?`)
  const setCopies = statement(db, 'update deliveries set copies = ? where id = ?')
  const countEnded = statement(db, "select count(*) as n from deliveries where state <> 'PENDING'")
  const oldest = statement(db, "select id from deliveries where state <> 'PENDING' order by updated_at, seq limit ?")
  const remove = statement(db, 'delete from deliveries where id = ?')
  const removeAttempts = statement(db, 'delete from attempts where delivery_id = ?')
  const removeEvents = statement(db, 'delete from outbox where delivery_id = ?')
  // Who sends them asks after each commit whether there is anything new to send, and mostly there is not.
  let edition = 0
  // The number of the last one that was made.
  let newest = 1
  return {
    /** Another number whenever there may be something new to send. */
    edition: (): number => edition,
    /** What was held back or waited may go now. */
    release: (): void => { edition++ },
    get: (id: string): DeliveryRow | undefined => get.get(id) as DeliveryRow | undefined,
    /** The delivery whose turn it is at a webhook. */
    openOf: (webhookId: string, now: number): DeliveryRow | undefined => open.get(webhookId, now) as DeliveryRow | undefined,
    countPending: (): number => (pending.get() as { n: number }).n,
    /** The newest first. */
    list: (webhookId: string | undefined, state: DeliveryRow['state'] | undefined, most: number): DeliveryRow[] =>
      list.all(webhookId ?? null, state ?? null, most) as DeliveryRow[],
    insert: (row: Pick<DeliveryRow, 'id' | 'webhook_id' | 'url' | 'created_at' | 'cause'>): void => {
      edition++
      const { lastInsertRowid: seq } = insert.run(row.id, row.webhook_id, row.url, row.created_at, row.created_at, row.cause)
      newest = seq
      if (seq % sweepEvery !== 0) return
      const surplus = (countEnded.get() as { n: number }).n - mostEnded
      for (const { id } of oldest.all(Math.max(0, surplus)) as Array<{ id: string }>) {
        removeAttempts.run(id)
        removeEvents.run(id)
        remove.run(id)
      }
    },
    update: (id: string, state: DeliveryRow['state'], at: number, nextAttemptAt: number | null): void => {
      if (state === 'PENDING') edition++
      update.run(state, at, nextAttemptAt, id)
    },
    /** Gives up the oldest of a webhook where too many wait. Looks now and then. Answers how many were given up. */
    giveUpSurplus: (webhookId: string, at: number): Written => {
      const surplus = newest % sweepEvery === 0 ? (countPending.get(webhookId) as { n: number }).n - mostPending : 0
      return surplus > 0 ? giveUpOldest.run(at, webhookId, surplus).changes : 0 as Written
    },
    /** Ends all that a webhook has pending. */
    giveUp: (webhookId: string, at: number): void => { giveUp.run(at, webhookId) },
    /** Holds a delivery back until a moment or, if it lets others pass, until the next one was tried. */
    setHold: (id: string, until: number, letsPass: boolean): void => { hold.run(until, Number(letsPass), id) },
    /** Ends the wait of those that let this one pass. */
    setPassed: (webhookId: string, id: string): void => {
      if (pass.run(webhookId, id).changes > 0) edition++
    },
    setCopies: (id: string, copies: number): void => { setCopies.run(copies, id) },
    /** Makes what waits for a retry due at once. */
    hurry: (webhookId: string): void => {
      edition++
      hurry.run(webhookId)
    }
  }
}

export function attemptsTable (db: Db) {
  const ofDelivery = statement(db, 'select * from attempts where delivery_id = ? order by seq')
  const count = statement(db, 'select count(*) as n from attempts where delivery_id = ? and at >= ?')
  const insert = statement(db, `insert into attempts (delivery_id, at, url, request_headers, status, error, response_headers, response_body)
    values (?, ?, ?, ?, ?, ?, ?, ?)`)
  return {
    ofDelivery: (deliveryId: string): AttemptRow[] => ofDelivery.all(deliveryId) as AttemptRow[],
    countSince: (deliveryId: string, at: number): number => (count.get(deliveryId, at) as { n: number }).n,
    insert: (row: Omit<AttemptRow, 'seq'>): void => {
      insert.run(row.delivery_id, row.at, row.url, row.request_headers, row.status, row.error, row.response_headers, row.response_body)
    }
  }
}
