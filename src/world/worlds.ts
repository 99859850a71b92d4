import { badRequest, notFound, Problem } from '../lib/problem.ts'
import { Random } from '../lib/random.ts'
import { sameSecret, sha256 } from '../lib/secret.ts'
import { tagOf, tokenTag } from '../domain/linking/tokens.ts'
import { type Snapshot } from './snapshots.ts'
import { type WorldSetting } from './setting.ts'
import { World } from './world.ts'

export const defaultWorld = 'default'

/** Worlds that can live at the same time; each has a database of its own in memory. */
export const mostWorlds = 1000

/** Finds the world of a client, a token or a name. Nothing crosses from one to another. */
export class Worlds {
  readonly #byName = new Map<string, World>()
  readonly #byTag = new Map<string, World>()
  readonly #byClient = new Map<string, World>()
  readonly #base: WorldSetting
  readonly #onError: (error: unknown) => void
  #made = 0

  constructor (base: WorldSetting, onError: (error: unknown) => void) {
    this.#base = base
    this.#onError = onError
    this.#add(base)
  }

  get default (): World { return this.byName(defaultWorld) }

  list (): World[] {
    return [...this.#byName.values()]
  }

  byName (name: string): World {
    const world = this.#byName.get(name)
    if (world === undefined) throw notFound('World', name)
    return world
  }

  byToken (token: string): World | undefined {
    return this.#byTag.get(tagOf(token))
  }

  byClient (clientId: string): World | undefined {
    return this.#byClient.get(clientId)
  }

  /** The world whose client these credentials are. */
  byCredentials (clientId: string, clientSecret: string): World | undefined {
    const world = this.#byClient.get(clientId)
    // Compared also for an unknown id, so that the time taken does not tell which ids exist.
    const fits = sameSecret(clientSecret, world?.row.client_secret ?? '')
    return fits ? world : undefined
  }

  /** Makes a world with credentials of its own; what `wish` leaves out is as in the default world. */
  create (wish: Partial<WorldSetting>): { world: World, clientSecret: string } {
    if (this.#byName.size >= mostWorlds) throw badRequest(`there are already ${mostWorlds} worlds: delete some`)
    const name = wish.name ?? this.#freeName()
    if (this.#byName.has(name)) throw new Problem({ status: 409, slug: 'conflict', title: 'World exists', detail: `There is already a world named ${name}. Delete it first, or reset it` })
    const random = new Random(this.#base.seed + sha256(name).readUInt32BE())
    const clientSecret = random.hex(40)
    let clientId = random.uuid()
    while (this.#byClient.has(clientId)) clientId = random.uuid()
    const world = this.#add({ ...this.#base, folder: undefined, ...wish, name, clientId, clientSecret })
    return { world, clientSecret }
  }

  /** Makes a world of a snapshot, with credentials of its own. */
  async createFrom (snapshot: Snapshot, name: string, baseUrl: string): Promise<{ world: World, clientSecret: string }> {
    const { mode, speed } = snapshot
    const made = this.create({ name, baseUrl, clock: mode, speed, fixture: {} })
    try {
      await made.world.restore(snapshot)
      return made
    } catch (error) {
      await this.delete(name)
      throw error
    }
  }

  async delete (name: string): Promise<void> {
    const world = this.byName(name)
    if (name === defaultWorld) throw badRequest('the default world cannot be deleted: POST /_mock/reset takes it back to its start')
    this.#byName.delete(name)
    this.#byTag.delete(tokenTag(world.row.client_id))
    this.#byClient.delete(world.row.client_id)
    await world.close()
  }

  /** Ends what would make requests wait. */
  async interrupt (): Promise<void> {
    await Promise.all(this.list().map(async world => { await world.interrupt() }))
  }

  async close (): Promise<void> {
    await Promise.all(this.list().map(async world => { await world.close() }))
  }

  #add (setting: WorldSetting): World {
    const world = new World(setting, this.#onError)
    this.#byName.set(world.name, world)
    this.#byTag.set(tokenTag(setting.clientId), world)
    this.#byClient.set(setting.clientId, world)
    return world
  }

  #freeName (): string {
    do this.#made++; while (this.#byName.has(`world-${this.#made}`))
    return `world-${this.#made}`
  }
}
