/** Keys whose values open something: in bodies of the API, of the control API, and of OAuth. */
const secretKeys = new Set(['secret', 'clientSecret', 'client_secret', 'password', 'access_token', 'headerValue', 'linkUrl', 'linkToken'])
const secretHeaders = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'referer', 'location'])

export const leftOut = '(left out)'

/** A copy of a JSON value without secrets. */
export function withoutSecrets (value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/^(\s*https?:[/\\]*)[^/\\?#]*@/i, '$1')
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, secretKeys.has(key) && each !== null ? leftOut : withoutSecrets(each)]))
}

/** Headers as text, without those that carry credentials. */
export function plainHeaders (headers: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined).map(([name, value]) =>
    [name, secretHeaders.has(name) ? leftOut : Array.isArray(value) ? value.join(', ') : String(value)]))
}

/** A URL without the key in it that opens a link session. */
export function plainUrl (url: string): string {
  return url.replace(/^\/link\/[^/?]+/, '/link/(key)')
}
