import { runRoom } from '../helpers/run-room.ts'

await runRoom(import.meta.dirname)
