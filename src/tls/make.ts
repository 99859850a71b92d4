import 'reflect-metadata'
import {
  AuthorityKeyIdentifierExtension, BasicConstraintsExtension, ExtendedKeyUsage, ExtendedKeyUsageExtension, KeyUsageFlags,
  KeyUsagesExtension, PemConverter, SubjectAlternativeNameExtension, SubjectKeyIdentifierExtension, X509CertificateGenerator
} from '@peculiar/x509'
import { isIP } from 'node:net'
import { wallNow } from '../lib/clock.ts'
import { day } from '../lib/time.ts'

/** An authority's certificate, a server's that it signed, and the server's private key, each as PEM. */
export interface Certificates { ca: string, cert: string, key: string }

/** Days from a day ago, for clocks that are behind; Apple's systems take no server certificate of more. */
const validDays = 825

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/**
 * Makes an authority and a server certificate for these names and addresses. The authority's key is not stored: who
 * trusts the authority trusts this one server and nothing that could be signed later.
 */
export async function makeCertificates (names: readonly string[]): Promise<Certificates> {
  const authority = await newKeys()
  const server = await newKeys()
  const notBefore = new Date(wallNow() - day)
  const validity = { notBefore, notAfter: new Date(notBefore.getTime() + validDays * day), signingAlgorithm: algorithm }
  const ca = await X509CertificateGenerator.createSelfSigned({
    ...validity,
    name: 'CN=mock-enode local authority',
    keys: authority,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
      await SubjectKeyIdentifierExtension.create(authority.publicKey)
    ]
  })
  const cert = await X509CertificateGenerator.create({
    ...validity,
    subject: 'CN=mock-enode',
    issuer: ca.subject,
    publicKey: server.publicKey,
    signingKey: authority.privateKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      await AuthorityKeyIdentifierExtension.create(authority.publicKey),
      new SubjectAlternativeNameExtension(names.map(value => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value })))
    ]
  })
  const key = PemConverter.encode(await crypto.subtle.exportKey('pkcs8', server.privateKey), 'PRIVATE KEY')
  return { ca: `${ca.toString('pem')}\n`, cert: `${cert.toString('pem')}\n`, key: `${key}\n` }
}

async function newKeys () {
  return await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
}
