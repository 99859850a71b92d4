import { sha256Hex } from '../lib/secret.ts'
import { second } from '../lib/time.ts'
import { type ReadTx, type Tx } from '../store/store.ts'

/** Seconds of simulated time that a token lasts. (D) */
export const tokenSeconds = 3599

/** Characters at the start of a token that say which world it belongs to. */
const tagLength = 12

/** The start of every token of a client. */
export function tokenTag (clientId: string): string {
  return sha256Hex(clientId).slice(0, tagLength)
}

export function tagOf (token: string): string {
  return token.slice(0, tagLength)
}

/** A new opaque token for the world's client. Only its hash is kept. */
export function issueToken (tx: Tx): string {
  const token = `${tokenTag(tx.world.get()?.client_id ?? '')}${tx.serials.hex(52)}`
  tx.tokens.sweep(tx.now)
  tx.tokens.insert(hashOf(token), tx.now + tokenSeconds * second)
  return token
}

export function isTokenValid (tx: ReadTx, token: string): boolean {
  return (tx.tokens.expiresAt(hashOf(token)) ?? 0) > tx.now
}

function hashOf (token: string): string {
  return sha256Hex(token)
}
