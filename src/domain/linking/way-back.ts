import { parseUrl } from '../../lib/urls.ts'

/** Schemes that run, read or show something in a browser, or speak another protocol than a redirect leads to. */
const noWayBack = new Set(['javascript', 'data', 'file', 'vbscript', 'blob', 'about', 'filesystem', 'view-source', 'ftp', 'ws', 'wss'])

/** What is wrong with a URL as the way back to an app, which has http, https or a scheme of its own; undefined when it is right. */
export function wrongWithRedirect (text: string): string | undefined {
  const url = parseUrl(text)
  if (url === undefined) return 'must be a valid URI'
  const scheme = url.protocol.slice(0, -1)
  return noWayBack.has(scheme) ? `must lead back to an app, by http, https or a scheme of its own such as myapp://linked: ${scheme} is not allowed` : undefined
}
