import { readFile } from 'node:fs/promises'
import { packageRoot } from '../lib/package.ts'

interface Stored { components: { securitySchemes: { oauth2: { flows: { clientCredentials: { tokenUrl: string } } } } } }

/** The OpenAPI document as it comes with the package, examples and all; `base` is the public base of this server. */
export async function storedDocument (base: string): Promise<Record<string, unknown>> {
  const document = JSON.parse(await readFile(new URL('openapi/openapi.json', packageRoot), 'utf8')) as Stored & Record<string, unknown>
  document.components.securitySchemes.oauth2.flows.clientCredentials.tokenUrl = `${base}/oauth2/token`
  return document
}
