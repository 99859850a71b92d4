/** A URL as the WHATWG parser reads it; undefined for none, and where it would drop line breaks and tabs or put in slashes that http and https lack. */
export function parseUrl (text: string): URL | undefined {
  if (/[\t\n\r]/.test(text) || !URL.canParse(text)) return undefined
  const url = new URL(text)
  return /^https?:$/.test(url.protocol) && !/^https?:\/\/[^/]/i.test(text) ? undefined : url
}
