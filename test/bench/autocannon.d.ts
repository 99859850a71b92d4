/** What the bench uses of autocannon, which comes without types. */
declare module 'autocannon' {
  interface Request { method?: 'GET' | 'POST', path?: string, headers?: Record<string, string>, body?: string }
  interface Client { setRequests: (requests: Request[]) => void }
  interface Options extends Request {
    url: string
    connections?: number
    duration?: number
    setupClient?: (client: Client) => void
  }
  interface Result {
    requests: { total: number, average: number }
    duration: number
    errors: number
    non2xx: number
  }
  export default function autocannon (options: Options): Promise<Result>
}
