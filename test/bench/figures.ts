import { cpus, totalmem } from 'node:os'

/** What a figure has to reach; a figure without a bar is only told. */
export type Bar = { most: number } | { least: number }

export interface Figure {
  name: string
  value: number
  unit: string
  bar?: Bar
}

export function printHeader (): void {
  const gib = Math.round(totalmem() / 2 ** 30)
  console.log(`node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${gib} GiB, ${process.platform} ${process.arch}`)
}

/** The figures with a bar that were told so far. */
const held: Figure[] = []

/** One line: name, value, unit, and whether it reaches its bar. */
export function print (figure: Figure): void {
  const { name, value, unit, bar } = figure
  if (bar !== undefined) held.push(figure)
  console.log(`${name.padEnd(64)} ${format(value).padStart(11)} ${unit}${bar === undefined ? '' : verdict(value, bar)}`)
}

/** What was told with a bar, once more and together. */
export function printBars (): void {
  if (held.length === 0) return
  console.log('\nbars')
  for (const { name, value, unit, bar } of held) console.log(`${name.padEnd(72)} ${format(value).padStart(11)} ${unit.padEnd(10).slice(0, 10)} ${bar === undefined ? '' : verdict(value, bar)}`)
  console.log(`${held.filter(({ value, bar }) => bar === undefined || isHeld(value, bar)).length} of ${held.length} held`)
}

export function median (values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] ?? NaN : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2
}

/** How long something takes, in seconds. */
export async function timed<T> (fn: () => Promise<T>): Promise<{ seconds: number, result: T }> {
  const from = performance.now()
  const result = await fn()
  return { seconds: (performance.now() - from) / 1000, result }
}

function verdict (value: number, bar: Bar): string {
  return `  (bar: ${'most' in bar ? `at most ${bar.most}` : `at least ${bar.least}`}: ${isHeld(value, bar) ? 'held' : 'MISSED'})`
}

function isHeld (value: number, bar: Bar): boolean {
  return 'most' in bar ? value <= bar.most : value >= bar.least
}

function format (value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US')
  return value.toFixed(2)
}
