import { gunzipSync, gzipSync } from 'node:zlib'
import { fileFormat, type SnapshotFile, type SnapshotView } from '../contract/mock-journal.ts'
import { type ClockMode } from '../lib/clock.ts'
import { version } from '../lib/package.ts'
import { badRequest, invalid, notFound } from '../lib/problem.ts'
import { iso, parseTime, type Millis } from '../lib/time.ts'

/** A world at a moment: its database as an SQLite file, and how its time moved. */
export interface Snapshot { name: string, now: Millis, mode: ClockMode, speed: number, database: Buffer }

/** Snapshots that a world retains, and their bytes together. */
export const mostSnapshots = 50
const mostBytes = 256 * 1024 * 1024

/** The snapshots of one world, by name, in memory. */
export class Snapshots {
  readonly #byName = new Map<string, Snapshot>()

  list (): SnapshotView[] {
    return [...this.#byName.values()].map(showSnapshot)
  }

  find (name: string): Snapshot {
    const snapshot = this.#byName.get(name)
    if (snapshot === undefined) throw notFound('Snapshot', name)
    return snapshot
  }

  /** Takes a snapshot in the place of one of the same name; 400 when there are too many. */
  put (snapshot: Snapshot): SnapshotView {
    const others = [...this.#byName.values()].filter(({ name }) => name !== snapshot.name)
    if (others.length >= mostSnapshots) throw badRequest(`there are already ${mostSnapshots} snapshots: delete some`)
    const bytes = others.reduce((sum, { database }) => sum + database.length, snapshot.database.length)
    if (bytes > mostBytes) throw badRequest(`the snapshots of a world take at most ${mostBytes} bytes together, and with this one they would take ${bytes}: delete some, or keep them as files`)
    this.#byName.set(snapshot.name, snapshot)
    return showSnapshot(snapshot)
  }

  delete (name: string): void {
    this.find(name)
    this.#byName.delete(name)
  }
}

function showSnapshot ({ name, now, database }: Snapshot): SnapshotView {
  return { name, now: iso(now), bytes: database.length }
}

export function toFile ({ name, now, mode, speed, database }: Snapshot): SnapshotFile {
  return { format: fileFormat, version, name, now: iso(now), mode, speed, database: gzipSync(database).toString('base64') }
}

/** Reads a file; 400 when it has a newer form, or none of ours. What is in the database shows when it is restored. */
export function fromFile ({ format, version: writtenBy, name, now, mode, speed, database }: SnapshotFile): Snapshot {
  requireFormat('snapshot', format, writtenBy, { oldest: 1, newest: fileFormat })
  const at = parseTime(now)
  if (at === undefined) throw invalid('"now" must be a time from 1971 to 8999', ['now'], 'string.date-time')
  try {
    return { name, now: at, mode, speed, database: gunzipSync(Buffer.from(database, 'base64'), { maxOutputLength: mostBytes }) }
  } catch {
    throw invalid('"database" must be a gzipped database in base64, as GET /_mock/snapshots/{name}/file gives it', ['database'])
  }
}

/** Refuses a file whose form is not known here. */
export function requireFormat (what: string, format: number, writtenBy: string, { oldest, newest }: { oldest: number, newest: number }): void {
  if (format >= oldest && format <= newest) return
  throw invalid(`"format" of this ${what} is ${format}, written by mock-enode ${writtenBy.slice(0, 40)}; this mock-enode, ${version}, reads formats from ${oldest} to ${newest}`, ['format'])
}
