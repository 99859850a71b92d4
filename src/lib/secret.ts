import { createHash, timingSafeEqual } from 'node:crypto'

export function sha256 (data: string | Buffer): Buffer {
  return createHash('sha256').update(data).digest()
}

/** Compares secrets in a time that depends on neither of them. */
export function sameSecret (a: string, b: string): boolean {
  return timingSafeEqual(sha256(a), sha256(b))
}
