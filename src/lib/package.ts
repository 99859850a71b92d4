import { existsSync, readFileSync } from 'node:fs'

/** The folder of the package, found from `src/` as well as from the bundle in `dist/`. */
export const packageRoot = above(new URL('.', import.meta.url))

/** The version of the package. */
export const version = (JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8')) as { version: string }).version

function above (folder: URL): URL {
  return existsSync(new URL('package.json', folder)) ? folder : above(new URL('../', folder))
}
