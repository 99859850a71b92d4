import { median, print } from './figures.ts'
import { startBare, startMock, type Server } from './servers.ts'

const rounds = 11

/** From the start of the process to its first 200, the demo fixture loaded; by turns with a bare Fastify process. */
export async function startFigures (): Promise<void> {
  const ours: number[] = []
  const bare: number[] = []
  const memory: number[] = []
  for (let round = 0; round < rounds; round++) {
    bare.push((await look(startBare)).startMs)
    const { startMs, rssMb } = await look(startMock)
    ours.push(startMs)
    memory.push(rssMb)
  }
  print({ name: `start: mock-enode, median of ${rounds}`, value: median(ours), unit: 'ms', bar: { most: 300 } })
  print({ name: `start: bare Fastify, median of ${rounds}`, value: median(bare), unit: 'ms' })
  print({ name: 'start: mock-enode / bare Fastify', value: median(ours) / median(bare), unit: 'times', bar: { most: 1.3 } })
  print({ name: 'start: memory (RSS) after the first answer', value: median(memory), unit: 'MB' })
}

async function look (start: () => Promise<Server>): Promise<{ startMs: number, rssMb: number }> {
  const server = await start()
  const rssMb = server.rssMb()
  await server.stop()
  return { startMs: server.startMs, rssMb }
}
