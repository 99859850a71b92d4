import { AbstractStartedContainer, GenericContainer, type StartedTestContainer, Wait } from 'testcontainers'

const port = 3663

/**
 * mock-enode as a container of Testcontainers. No image is published yet, so the name is that of one of your own, as
 * `docker build -t mock-enode .` makes it. Flags that have no method here go in as variables with `withEnvironment`.
 */
export class MockEnodeContainer extends GenericContainer {
  constructor (image: string) {
    super(image)
    this.withExposedPorts(port)
    this.withWaitStrategy(Wait.forHttp('/_mock/health', port))
  }

  /** Seed of everything that looks random, 0 to 4294967295; 1 if left out. */
  withSeed (seed: number): this {
    return this.withEnvironment({ MOCK_ENODE_SEED: String(seed) })
  }

  /** Time stands until `/_mock/clock/advance` moves it on. It starts at `now`, ISO 8601 with an offset or a Date; at the wall clock if left out. */
  withFrozenClock (now?: string | Date): this {
    const start = now instanceof Date ? now.toISOString() : now
    return this.withEnvironment({ MOCK_ENODE_CLOCK: 'frozen', ...(start === undefined ? {} : { MOCK_ENODE_NOW: start }) })
  }

  /** What the world starts with: the name of a fixture of mock-enode, or a `.json` file of your own, which is copied in. */
  withFixture (nameOrFile: string): this {
    if (!nameOrFile.endsWith('.json')) return this.withEnvironment({ MOCK_ENODE_FIXTURE: nameOrFile })
    const target = '/tmp/fixture.json'
    return this.withCopyFilesToContainer([{ source: nameOrFile, target, mode: 0o444 }]).withEnvironment({ MOCK_ENODE_FIXTURE: target })
  }

  override async start (): Promise<StartedMockEnodeContainer> {
    const { MOCK_ENODE_CLIENT_ID: id = 'mock-client', MOCK_ENODE_CLIENT_SECRET: secret = 'mock-secret' } = this.environment
    return new StartedMockEnodeContainer(await super.start(), id, secret)
  }
}

/** A mock-enode that serves in a container. */
export class StartedMockEnodeContainer extends AbstractStartedContainer {
  readonly #clientId: string
  readonly #clientSecret: string

  constructor (started: StartedTestContainer, clientId: string, clientSecret: string) {
    super(started)
    this.#clientId = clientId
    this.#clientSecret = clientSecret
  }

  /** Base of the API and of `/_mock`, as programs outside of the container reach it. */
  getUrl (): string {
    return `http://${this.getHost()}:${this.getMappedPort(port)}`
  }

  /** Where an OAuth client gets its token. */
  getTokenUrl (): string {
    return `${this.getUrl()}/oauth2/token`
  }

  getClientId (): string {
    return this.#clientId
  }

  getClientSecret (): string {
    return this.#clientSecret
  }
}
