import { Type, type Static } from '@sinclair/typebox'
import { Closed, StringEnum } from './kit.ts'
import { LinkLanguage } from './languages.ts'
import { Ref } from './ref.ts'
import { Scope } from './scopes.ts'
import { Vendor, VendorType } from './vendors.ts'

const session = {
  language: Ref(LinkLanguage),
  redirectUri: Type.String({ format: 'uri', maxLength: 500, description: 'Where the browser goes in the end: http, https or the scheme of an app.' }),
  colorScheme: Type.Optional(StringEnum(['system', 'light', 'dark'], { default: 'system', description: 'Colours of Link UI.' }))
}

export const LinkBody = Closed({
  vendor: Type.Optional(Ref(Vendor)),
  vendorType: Type.Optional(Ref(VendorType)),
  scopes: Type.Array(Ref(Scope), { minItems: 1, description: 'What the user is asked to grant.' }),
  ...session
}, { $id: 'LinkBody', description: 'What a user shall link. With a vendor, the choice of the brand is left out.' })
export type LinkBody = Static<typeof LinkBody>

export const RelinkBody = Closed(session, { $id: 'RelinkBody', description: 'How to ask a user to sign in again.' })
export type RelinkBody = Static<typeof RelinkBody>

export const LinkSession = Type.Object({
  linkUrl: Type.String({ description: 'URL of Link UI, good for one use within 24 hours.' }),
  linkToken: Type.String({ description: 'Token that opens Link UI from a mobile SDK.' })
}, { $id: 'LinkSession', description: 'The way for a user to link its devices.' })
export type LinkSession = Static<typeof LinkSession>
