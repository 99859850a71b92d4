import type { Replayed, WorldLog } from '../contract/mock-journal.ts'
import type { Worlds } from '../world/worlds.ts'

/** What the operations of the control API need besides the world that they are asked about. */
export interface ControlOptions {
  /** A function, since the document of the control API is made without any world. */
  worlds: () => Worlds
  version: string
  uptimeSeconds: () => number
  /** Plays a log in a world of its own. */
  replay: (log: WorldLog) => Promise<Replayed>
}
