import { hash, timingSafeEqual } from 'node:crypto'

export function sha256 (data: string | Buffer): Buffer {
  return hash('sha256', data, 'buffer')
}

/** In hexadecimal digits, without a buffer in between. */
export function sha256Hex (data: string | Buffer): string {
  return hash('sha256', data, 'hex')
}

/** Compares secrets in a time that depends on neither of them. */
export function sameSecret (a: string, b: string): boolean {
  return timingSafeEqual(sha256(a), sha256(b))
}
