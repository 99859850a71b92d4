import { Type, type Static } from '@sinclair/typebox'
import { brandOf } from './common.ts'
import { Nullable, StringEnum, Timestamp, Uuid } from './kit.ts'
import { Ref } from './ref.ts'
import { Vendor, vendors, VendorType } from './vendors.ts'

export const Intervention = Type.Object({
  id: Uuid('Id of the intervention, the one that capabilities name.'),
  vendor: Ref(Vendor),
  vendorType: Ref(VendorType),
  brand: brandOf(vendors),
  introducedAt: Timestamp('When it was first listed.'),
  domain: StringEnum(['Account', 'Device'], { description: 'Whether it concerns the account at the vendor or the device.' }),
  resolution: Type.Object({
    title: Type.String({ description: 'What is to be done, in the language asked for.' }),
    description: Type.String({ description: 'How to do it, as Markdown in the language asked for.' }),
    access: StringEnum(['Remote', 'Physical'], { description: 'Whether one must stand at the device.' }),
    agent: StringEnum(['User', 'ThirdParty'], { description: 'Who can do it.' }),
    action: Nullable(StringEnum(['Link'], { description: 'Step in this API that resolves it, if there is one.' }))
  }, { description: 'How the user gets the capability.' })
}, { $id: 'Intervention', description: 'Something outside the API that gives an asset a capability.' })
export type Intervention = Static<typeof Intervention>
