import { X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { createSecureContext } from 'node:tls'
import { wallNow } from '../lib/clock.ts'
import { ConfigError } from '../lib/config-error.ts'

/** The hosts that programs built on Enode have in their code: of the API, of tokens and of Link UI. */
export const vendorHosts = [
  'enode-api.sandbox.enode.io', 'oauth.sandbox.enode.io', 'link.sandbox.enode.io',
  'enode-api.production.enode.io', 'oauth.production.enode.io', 'link.enode.com'
]

/** What the server is called where it runs. */
const localNames = ['localhost', 'mock-enode', 'enode', 'host.docker.internal', '127.0.0.1', '::1']

/** The file of the authority that clients have to trust, where the folder holds one. */
export function getAuthorityFile (folder: string): string | undefined {
  const file = resolve(folder, 'ca.pem')
  return existsSync(file) ? file : undefined
}

/**
 * Reads a server's certificate and key, PEM, from `cert.pem` and `key.pem` of a folder. Where there are none it makes
 * them, and the authority `ca.pem`, for the vendor's hosts, local names and the host of the public URL.
 * Throws a ConfigError when they cannot be read, do not fit together, have ended or are not for the public URL.
 */
export async function certificatesIn (folder: string, publicUrl: string | undefined): Promise<{ cert: string, key: string }> {
  const publicHosts = publicUrl === undefined ? [] : [new URL(publicUrl).hostname.replace(/^\[|\]$/g, '')]
  try {
    if (!existsSync(join(folder, 'cert.pem'))) await fill(folder, [...new Set([...vendorHosts, ...localNames, ...publicHosts])])
    const cert = readFileSync(join(folder, 'cert.pem'), 'utf8')
    const key = readFileSync(join(folder, 'key.pem'), 'utf8')
    createSecureContext({ cert, key })
    const server = new X509Certificate(cert)
    const wrong = Date.parse(server.validTo) < wallNow()
      ? `ended on ${server.validTo}`
      : publicHosts.filter(host => (isIP(host) === 0 ? server.checkHost(host) : server.checkIP(host)) === undefined).map(host => `is not for ${host}`).join()
    if (wrong !== '') throw new Error(`cert.pem ${wrong}: remove the files there, and new ones are made`)
    return { cert, key }
  } catch (error) {
    throw new ConfigError(`certificates in ${folder}: ${(error as Error).message}`)
  }
}

/** Makes the files; one that is there already is somebody else's, and stays. */
async function fill (folder: string, names: readonly string[]): Promise<void> {
  const { makeCertificates } = await import('./make.ts')
  const { ca, key, cert } = await makeCertificates(names)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'key.pem'), key, { flag: 'wx', mode: 0o600 })
  writeFileSync(join(folder, 'ca.pem'), ca, { flag: 'wx' })
  writeFileSync(join(folder, 'cert.pem'), cert, { flag: 'wx' })
}
