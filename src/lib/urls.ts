/** An address that a delivery can go to: the URL as it is shown, and the `user:password` that stood in it. */
export interface Address { url: string, credentials: string | null }

/** Reads the URL of a receiver as the WHATWG parser does; undefined when nothing can be sent there. */
export function addressOf (text: string): Address | undefined {
  const url = parse(text)
  if (url === undefined || !/^https?:$/.test(url.protocol)) return undefined
  if (url.username === '' && url.password === '') return { url: text, credentials: null }
  const credentials = `${decoded(url.username)}:${decoded(url.password)}`
  url.username = url.password = ''
  return { url: url.href, credentials }
}

/** Schemes that run, read or show something in a browser, or speak another protocol than a redirect leads to. */
const noWayBack = new Set(['javascript', 'data', 'file', 'vbscript', 'blob', 'about', 'filesystem', 'view-source', 'ftp', 'ws', 'wss'])

/** What is wrong with a URL as the way back to an app, which has http, https or a scheme of its own; undefined when it is right. */
export function wrongWithRedirect (text: string): string | undefined {
  const url = parse(text)
  if (url === undefined) return 'must be a valid URI'
  const scheme = url.protocol.slice(0, -1)
  return noWayBack.has(scheme) ? `must lead back to an app, by http, https or a scheme of its own such as myapp://linked: ${scheme} is not allowed` : undefined
}

/** The parser would drop line breaks and tabs wherever they stand, and put in the slashes that http and https lack. */
function parse (text: string): URL | undefined {
  if (/[\t\n\r]/.test(text) || !URL.canParse(text)) return undefined
  const url = new URL(text)
  return /^https?:$/.test(url.protocol) && !/^https?:\/\/[^/]/i.test(text) ? undefined : url
}

function decoded (part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
