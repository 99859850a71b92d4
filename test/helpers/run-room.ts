import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * Runs the tests of a folder and of those below it, but for folders with a `room.ts` of their own, in one process: to
 * load the server and to become fast takes a process longer than most files of tests take by themselves.
 */
export async function runRoom (folder: string): Promise<void> {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => a.name < b.name ? -1 : 1)) {
    const path = join(folder, entry.name)
    if (entry.name.endsWith('.test.ts')) await import(pathToFileURL(path).href)
    else if (entry.isDirectory() && !existsSync(join(path, 'room.ts'))) await runRoom(path)
  }
}
