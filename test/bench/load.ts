import autocannon, { type Client, type Request } from 'autocannon'

/** Seconds of load in each round, and how many connections bring it. */
const seconds = 3
const connections = 10

export interface Load extends Request {
  url: string
  /** Gives each connection requests of its own. */
  setupClient?: (client: Client) => void
}

/** Requests a second that a server answered with a 2xx. Throws when it answered anything else. */
export async function requestsPerSecond (load: Load, duration = seconds): Promise<number> {
  const result = await autocannon({ ...load, connections, duration })
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${load.url}: ${result.non2xx} answers were no 2xx, ${result.errors} requests failed`)
  return result.requests.total / result.duration
}
