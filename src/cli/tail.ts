import { parseArgs } from 'node:util'
import { ConfigError } from '../config.ts'

interface Entry {
  at: string
  kind: string
  says: string
  userId?: string | null
  assetId?: string | null
  actionId?: string | null
  webhookId?: string | null
  deliveryId?: string | null
}

/** `mock-enode tail`: follows what happens in a world, a line for each thing, until the server ends. */
export async function tail (args: string[]): Promise<void> {
  const { url, world, token } = read(args)
  const headers = { accept: 'text/event-stream', 'x-mock-world': world, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) }
  const response = await fetch(`${url}/_mock/stream`, { headers }).catch((error: unknown) => {
    throw new Error(`nothing answers at ${url}: ${String((error as Error).cause ?? error)}`)
  })
  if (!response.ok || response.body === null) throw new Error(`${url} answers ${response.status}: ${(await response.text()).slice(0, 500)}`)
  let text = ''
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const messages = (text + chunk).split('\n\n')
    text = messages.pop() ?? ''
    for (const message of messages) {
      const data = /^data: (.*)$/m.exec(message)?.[1]
      if (data !== undefined) console.log(lineOf(JSON.parse(data) as Entry))
    }
  }
}

/** The time, what it is, what happened, and whom it concerns most closely. */
export function lineOf ({ at, kind, says, userId, assetId, actionId, webhookId, deliveryId }: Entry): string {
  const whom = deliveryId ?? actionId ?? assetId ?? webhookId ?? userId
  return `${at} ${kind.padEnd(16)} ${says}${whom === undefined || whom === null || says.includes(whom) ? '' : ` (${whom})`}`
}

function read (args: string[]): { url: string, world: string, token: string | undefined } {
  try {
    const { values } = parseArgs({ args, options: { url: { type: 'string', default: 'http://127.0.0.1:3663' }, world: { type: 'string', default: 'default' }, 'control-token': { type: 'string' } } })
    if (!/^https?:\/\//.test(values.url) || !URL.canParse(values.url)) throw new Error(`--url must be an http or https URL, not "${values.url}"`)
    return { url: values.url.replace(/\/+$/, ''), world: values.world, token: values['control-token'] }
  } catch (error) {
    throw new ConfigError(`${(error as Error).message.split('\n')[0] ?? ''}. tail takes --url, --world and --control-token`)
  }
}
