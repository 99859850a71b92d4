import { hash } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cachedDataVersionTag } from 'node:v8'
import { Script } from 'node:vm'
import type * as whole from './whole.ts'

export interface Loaded {
  whole: typeof whole
  /** Stores what was compiled so far for the next start, if nothing is stored yet. */
  store: () => void
}

/** The program, which the build puts beside this. */
const program = fileURLToPath(new URL('whole.cjs', import.meta.url))
/** Begins the names of what this version of V8, on this processor, made of it. */
const tagged = `${program}.${cachedDataVersionTag()}-`

/**
 * Loads the program as it was compiled at an earlier start, which takes a third of the time that compiling takes. It is
 * stored beside the program, where whoever may change it may change the program as well.
 */
export function load (): Loaded {
  const bytes = readFileSync(program)
  // V8 would take what it made of any other program of the same length.
  const compiled = `${tagged}${hash('sha1', bytes).slice(0, 16)}`
  const cachedData = readCompiled(compiled)
  // Nothing in it is beyond ASCII, and read as that it takes half of the memory.
  const script = new Script(bytes.toString('latin1'), { filename: program, ...(cachedData && { cachedData }) })
  const module = { exports: {} }
  const define = script.runInThisContext() as (module: { exports: object }, require: NodeJS.Require, filename: string) => void
  define(module, createRequire(program), program)
  // Known now, so that what was read is not held on to.
  const isStored = cachedData !== undefined && script.cachedDataRejected !== true
  return {
    whole: module.exports as typeof whole,
    store: isStored ? () => {} : () => { storeCompiled(compiled, script.createCachedData()) }
  }
}

/** Undefined where there is none. */
function readCompiled (compiled: string): Buffer | undefined {
  try {
    return readFileSync(compiled)
  } catch {
    return undefined
  }
}

/** As a whole or not at all, since others may start at the same time, or the folder may not be ours to write to. What was made of a program that was there before goes. */
function storeCompiled (compiled: string, data: Buffer): void {
  const own = `${compiled}.${process.pid}`
  try {
    writeFileSync(own, data)
    renameSync(own, compiled)
    const folder = dirname(program)
    for (const name of readdirSync(folder)) if (name.startsWith(basename(tagged)) && name !== basename(compiled)) rmSync(`${folder}/${name}`, { force: true })
  } catch {}
}
