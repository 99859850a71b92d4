/** Where the control API is, wherever a proxy puts it. */
const base = new URL('.', document.baseURI)

/** Said when nothing answers at all. */
export const gone = 'The server does not answer. Is it still running?'

/** What the control API refused, in its own words. */
export class Trouble extends Error {
  constructor (status, message) {
    super(message)
    this.status = status
  }
}

export function worldName () {
  return new URL(location.href).searchParams.get('world') ?? 'default'
}

/** Shows another world; the address names it, so that it can be kept and passed on. */
export function enterWorld (name) {
  const url = new URL(location.href)
  if (name === 'default') url.searchParams.delete('world')
  else url.searchParams.set('world', name)
  url.hash = '#/'
  history.pushState(null, '', url)
}

/** The token goes when the tab does. */
export function keepToken (token) {
  sessionStorage.setItem('mock-enode control token', token)
}

function headersOf (body) {
  const token = sessionStorage.getItem('mock-enode control token')
  return {
    'x-mock-world': worldName(),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === null ? {} : { authorization: `Bearer ${token}` })
  }
}

async function ask (method, path, body, signal) {
  let response
  try {
    response = await fetch(new URL(path, base), { method, headers: headersOf(body), cache: 'no-store', signal, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Trouble(0, gone)
  }
  if (response.ok) return response
  const problem = await response.json().catch(() => ({}))
  const issues = (problem.issues ?? []).map(issue => issue.message).filter(message => !problem.detail?.includes(message))
  throw new Trouble(response.status, [problem.detail ?? `${method} ${path} answered ${response.status}`, ...issues].join(' · '))
}

/** Calls the control API; throws a Trouble where that refuses. */
export async function call (method, path, body) {
  const response = await ask(method, path, body)
  return response.status === 204 ? null : await response.json()
}

/** Hands on what the server tells as it happens, until it or `signal` ends that. EventSource could send no token. */
export async function follow (path, signal, { opened, tell }) {
  const response = await ask('GET', path, undefined, signal)
  opened()
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    text += value.replaceAll('\r', '')
    const messages = text.split('\n\n')
    text = messages.pop()
    for (const message of messages) {
      const field = name => message.split('\n').filter(line => line.startsWith(`${name}:`)).map(line => line.slice(name.length + 1).trimStart()).join('\n')
      if (field('data') !== '') tell(field('event'), JSON.parse(field('data')))
    }
  }
}

/** The document of the control API: what a form offers is what the server takes. */
let document_
export async function schemas () {
  document_ ??= fetch(new URL('docs/json', base)).then(async response => (await response.json()).components.schemas)
  return await document_
}
