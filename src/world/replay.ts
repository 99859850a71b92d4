import { type LogCall, type LogDelivery, type LogEntry, type Replayed, type WorldLog } from '../contract/mock-journal.ts'
import { parseTime } from '../lib/time.ts'
import { type Outcome, type Sender } from '../webhooks/post.ts'
import { type World } from './world.ts'

/** What is answered to a call; null when the connection was closed instead. */
export interface Answered { status: number | null, answer: string | null }

interface Held { url: string, headers: Record<string, string>, body: string, resolve: (outcome: Outcome) => void }

/** Takes what a world would post, and holds it until the log says what the receiver answered. */
export class HeldSender implements Sender {
  readonly #held = new Map<string, Held>()

  async post (url: string, headers: Record<string, string>, body: string): Promise<Outcome> {
    return await new Promise(resolve => { this.#held.set(headers['x-enode-delivery'] ?? '', { url, headers, body, resolve }) })
  }

  async close (): Promise<void> {
    for (const { resolve } of this.#held.values()) resolve({ status: null, error: 'the replay is over' })
    this.#held.clear()
  }

  take (id: string): Held | undefined {
    const held = this.#held.get(id)
    this.#held.delete(id)
    return held
  }
}

type Difference = Pick<NonNullable<Replayed['difference']>, 'what' | 'expected' | 'came'>

/** Plays a log in a world that stands at its start. `call` makes a call and answers what came. */
export async function play (log: WorldLog, world: World, sender: HeldSender, call: (call: LogCall) => Promise<Answered>): Promise<Replayed> {
  const played = { isSame: true, calls: 0, deliveries: 0, difference: null } as Replayed
  const waiting = new Map<number, { entry: LogEntry, until: number, answer: Promise<Answered> }>()

  const differs = (entry: number, difference: Difference | undefined): boolean => {
    if (difference === undefined) return false
    Object.assign(played, { isSame: false, difference: { entry, at: log.entries[entry]?.at ?? '', ...difference } })
    return true
  }
  /** Compares the calls that were answered before an entry came. */
  const compare = async (before: number): Promise<boolean> => {
    for (const [index, { entry, until, answer }] of waiting) {
      if (until > before) continue
      waiting.delete(index)
      played.calls++
      if (differs(index, differenceOfCall(entry.call as LogCall, await answer))) return false
    }
    return true
  }

  for (const [index, entry] of log.entries.entries()) {
    if (!await compare(index)) return played
    if (!world.playTo(entry.timers, parseTime(entry.at) ?? 0)) {
      differs(index, { what: 'the timers', expected: `${entry.timers} came due by ${entry.at}`, came: `${world.log.timers}` })
      return played
    }
    if (entry.delivery !== undefined) {
      const held = await heldFor(sender, entry.delivery.id)
      played.deliveries++
      held?.resolve(outcomeOf(entry.delivery))
      if (differs(index, differenceOfDelivery(entry.delivery, held))) return played
      await turn()
    } else if (entry.call !== undefined) {
      const before = world.log.length
      const answer = call(entry.call)
      if (entry.call.until !== null) waiting.set(index, { entry, until: entry.call.until, answer })
      // It acts before what comes next does, whenever it is answered.
      for (let turns = 0; world.log.length === before && turns < mostTurns; turns++) await turn()
    }
  }
  await compare(log.entries.length)
  return played
}

/** Turns of the event loop after which something that should come by itself is taken not to. */
const mostTurns = 1000

async function turn (): Promise<void> {
  await new Promise(resolve => setImmediate(resolve))
}

async function heldFor (sender: HeldSender, id: string): Promise<Held | undefined> {
  for (let turns = 0; turns < mostTurns; turns++) {
    const held = sender.take(id)
    if (held !== undefined) return held
    await turn()
  }
  return undefined
}

function differenceOfCall (call: LogCall, came: Answered): Difference | undefined {
  const expected: Answered = { status: call.status, answer: call.answer ?? '' }
  const got: Answered = { status: came.status, answer: came.answer ?? '' }
  if (expected.status === got.status && expected.answer === got.answer) return undefined
  return { what: `${call.method} ${call.url}`, ...apart(`${expected.status ?? 'no answer'} ${expected.answer}`, `${got.status ?? 'no answer'} ${got.answer}`) }
}

function differenceOfDelivery (delivery: LogDelivery, held: Held | undefined): Difference | undefined {
  const what = `delivery ${delivery.id}`
  const expected = `POST ${delivery.url} ${JSON.stringify(delivery.headers)} ${delivery.body}`
  if (held === undefined) return { what, expected, came: 'nothing was posted' }
  const headers = Object.fromEntries(Object.keys(held.headers).filter(name => name in delivery.headers || /^x-enode-|^content-type$/.test(name)).map(name => [name, held.headers[name]]))
  const came = `POST ${held.url} ${JSON.stringify(headers)} ${held.body}`
  return expected === came ? undefined : { what, ...apart(expected, came) }
}

/** Both texts from a little before the place where they part. */
function apart (expected: string, came: string): { expected: string, came: string } {
  let same = 0
  while (same < expected.length && expected[same] === came[same]) same++
  const from = same > 200 ? same - 100 : 0
  const cut = (text: string): string => `${from > 0 ? '…' : ''}${text.slice(from, from + 2000)}`
  return { expected: cut(expected), came: cut(came) }
}

function outcomeOf ({ status, error, answerHeaders, answer }: LogDelivery): Outcome {
  if (status === null) return { status, error: error ?? '' }
  const headers: Record<string, string | string[]> = {}
  for (const line of answerHeaders) {
    const [name = '', value] = [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]
    const known = headers[name]
    headers[name] = known === undefined ? value : [known, value].flat()
  }
  return { status, headers, body: answer }
}
