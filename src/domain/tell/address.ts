import { parseUrl } from '../../lib/urls.ts'

/** An address that a delivery can go to: the URL as it is shown, and the `user:password` that stood in it. */
export interface Address { url: string, credentials: string | null }

/** Reads the URL of a receiver as the WHATWG parser does; undefined when nothing can be sent there. */
export function addressOf (text: string): Address | undefined {
  const url = parseUrl(text)
  if (url === undefined || !/^https?:$/.test(url.protocol)) return undefined
  if (url.username === '' && url.password === '') return { url: text, credentials: null }
  const credentials = `${decoded(url.username)}:${decoded(url.password)}`
  url.username = url.password = ''
  return { url: url.href, credentials }
}

function decoded (part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
