import { Cache } from '../../lib/cache.ts'
import { sha256Hex } from '../../lib/secret.ts'
import { second } from '../../lib/time.ts'
import { tokenSeconds } from '../../contract/timing.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'

/** Characters at the start of a token that say which world it belongs to. */
const tagLength = 12

/** The start of every token of a client. */
export function tokenTag (clientId: string): string {
  return sha256Hex(clientId).slice(0, tagLength)
}

export function tagOf (token: string): string {
  return token.slice(0, tagLength)
}

/** A new opaque token for the world's client. Only its hash is stored. */
export function issueToken (tx: Tx): string {
  const token = `${tokenTag(tx.world.row().client_id)}${tx.serials.hex(52)}`
  tx.tokens.sweep(isReal(tx) ? undefined : tx.now)
  tx.tokens.insert({ hash: sha256Hex(token), expires_at: tx.now + tokenSeconds * second }, true)
  return token
}

/**
 * Whether a token is valid for a request that acts now. Real time ends it only for requests that come (`isComing`): what
 * a request does once it is let in must not depend on it, or a replay would differ.
 */
export function isTokenValid (tx: ReadTx, token: string, isComing: boolean): boolean {
  const hash = tx.almanac.of(Hashes).of(token)
  const expiresAt = tx.tokens.expiresAt(hash)
  if (expiresAt === undefined) return false
  return isReal(tx) ? !isComing || !tx.tokens.hasEnded(hash) : expiresAt > tx.now
}

/** Ends all tokens that were given out. */
export function expireTokens (tx: Tx): void {
  tx.tokens.delete()
}

function isReal (tx: ReadTx): boolean {
  return tx.world.row().tokens === 'real'
}

/** Tokens of which the hash is remembered, at most. */
const mostHashes = 1000

/** Every request brings a token, and hardly ever another than the one before. */
class Hashes {
  readonly #known = new Cache<string, string>(mostHashes)

  of (token: string): string {
    return this.#known.of(token, () => sha256Hex(token))
  }
}
