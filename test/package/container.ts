import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { MockEnodeContainer } from '../../src/testcontainers.ts'

const cwd = fileURLToPath(new URL('../..', import.meta.url))
const docker = (...args: string[]): string => execFileSync('docker', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })

/** Builds the image, drives it by the Testcontainers module, and runs the compose file with its unmodified client. */
async function check (): Promise<void> {
  docker('build', '-t', 'mock-enode', '.')
  console.log(`image: ${Math.round(Number(docker('image', 'inspect', '--format', '{{.Size}}', 'mock-enode')) / 1e6)} MB`)

  const now = '2026-01-01T00:00:00.000Z'
  const mock = await new MockEnodeContainer('mock-enode').withSeed(7).withFrozenClock(now).withFixture('empty').start()
  try {
    const info = await (await fetch(`${mock.getUrl()}/_mock/info`)).json() as { seed: number, fixture: string, clock: { now: string, mode: string } }
    assert.deepEqual([info.seed, info.fixture, info.clock.now, info.clock.mode], [7, 'empty', now, 'frozen'])
  } finally {
    await mock.stop()
  }

  try {
    // It waits for the health check too, which has to find port and TLS among the flags.
    docker('compose', 'up', '--build', '--detach', '--wait')
    assert.match(docker('compose', 'run', '--rm', 'client'), /Tesla charges: CONFIRMED/)
    assert.match(docker('compose', 'logs', 'receiver'), /user:vendor-action:updated CONFIRMED signed/)
  } finally {
    docker('compose', '--profile', 'client', 'down', '--volumes')
  }
  console.log('the image, the Testcontainers module and compose.yaml work')
}

if (spawnSync('docker', ['info']).status === 0) await check()
else console.log('NOT CHECKED: no container engine answers here, so neither the image nor the Testcontainers module nor compose.yaml was run')
