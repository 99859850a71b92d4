import { execFile, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { build as esbuild } from 'esbuild'
import t, { type Test } from 'tap'

export const root = fileURLToPath(new URL('../..', import.meta.url))
/** The folder of the bundles, `main.mjs` and `index.mjs`. */
export const bundle = t.testdir({})
// Compiled once, since a dozen starts follow and tsx would compile at each.
await esbuild({
  entryPoints: ['main', 'index'].map(name => `${root}src/${name}.ts`), outdir: bundle, outExtension: { '.js': '.mjs' }, bundle: true, splitting: true, format: 'esm', platform: 'node', packages: 'external'
})
export const main = `${bundle}/main.mjs`
/** An environment in which nothing sets the server up, and nothing of tap's gets into a child. */
export const bare: Record<string, string> = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' }

export interface Running {
  url: string
  pid: number
  /** What it has printed. */
  output: () => string
  errors: () => string
  /** Sends a signal, waits for the end and answers its code. */
  end: (signal: NodeJS.Signals) => Promise<number | null>
}

/** Runs the program until it says where it listens. */
export async function run (t: Test, args: string[], env: Record<string, string> = {}): Promise<Running> {
  const child = spawn(process.execPath, [main, ...args], { env: { ...bare, ...env }, cwd: root })
  let output = ''
  let errors = ''
  child.stderr.on('data', chunk => { errors += String(chunk) })
  const ended = new Promise<number | null>(resolve => child.on('exit', resolve))
  t.teardown(() => { child.kill('SIGKILL') })
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', chunk => {
      output += String(chunk)
      if (/^ {2}seed/m.test(output)) resolve()
    })
    child.on('exit', code => { reject(new Error(`ended with ${String(code)}: ${errors}`)) })
  })
  return {
    pid: child.pid ?? 0,
    url: /listens on (\S+)/.exec(output)?.[1] ?? '',
    output: () => output,
    errors: () => errors,
    end: async signal => {
      child.kill(signal)
      return await ended
    }
  }
}

/** Runs the program to its end. */
export async function once (args: readonly string[], env: Record<string, string> = {}): Promise<{ code: number | null, out: string, err: string }> {
  return await new Promise(resolve => {
    const child = execFile(process.execPath, [main, ...args], { env: { ...bare, ...env }, timeout: 20_000, cwd: root }, (_error, out, err) => { resolve({ code: child.exitCode, out, err }) })
  })
}
