import { createHmac } from 'node:crypto'

/** The value of `x-enode-signature`: the lower-case hexadecimal HMAC-SHA1 of the raw body, keyed with the webhook's secret. */
export function sign (body: string, secret: string): string {
  return `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`
}
