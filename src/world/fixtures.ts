import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { components } from '../contract/index.ts'
import { Fixture, mockComponents } from '../contract/mock.ts'
import { packageRoot } from '../lib/package.ts'
import { ConfigError } from '../lib/config-error.ts'
import { type Issue } from '../lib/problem.ts'
import { Validation } from '../lib/validation.ts'

/** The fixtures that come with mock-enode; a test holds them against the schema. */
export const fixtureNames = ['demo', 'empty', 'home', 'street', 'fleet', 'edge-cases'] as const

/**
 * Reads a fixture: one that comes with mock-enode by its name, or a file of one's own.
 * Throws a ConfigError whose message names the file and everything that is wrong in it.
 */
export async function loadFixture (nameOrFile: string): Promise<Fixture> {
  const builtIn = (fixtureNames as readonly string[]).includes(nameOrFile)
  const file = builtIn ? fileURLToPath(new URL(`fixtures/${nameOrFile}.json`, packageRoot)) : nameOrFile
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new ConfigError(`fixture ${nameOrFile}: neither one of ${fixtureNames.join(', ')} nor a file that can be read`)
  }
  let fixture: unknown
  try {
    fixture = JSON.parse(text)
  } catch (error) {
    throw new ConfigError(`fixture ${file}: not JSON: ${(error as Error).message}`)
  }
  // Only a file of the user's own is checked: loading the checker costs the start some 30 ms.
  if (!builtIn) {
    const issues = fixtureIssues(fixture)
    if (issues.length > 0) throw new ConfigError(`fixture ${file}: ${issues.map(issue => `at ${issue.path.join('.') || 'the top'}: ${issue.message}`).join('; ')}`)
  }
  return fixture as Fixture
}

/** What is wrong with what shall be a fixture. */
export function fixtureIssues (fixture: unknown): Issue[] {
  return new Validation([...components, ...mockComponents]).strict(Fixture)(fixture)
}
