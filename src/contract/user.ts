import { Type, type Static } from '@sinclair/typebox'
import { Timestamp } from './kit.ts'
import { paginated } from './pagination.ts'
import { Ref } from './ref.ts'
import { Vendor, VendorType } from './vendors.ts'

/** Characters of a user id at most, by whatever way it comes. */
export const longestUserId = 200

export const UserId = Type.String({ minLength: 1, maxLength: longestUserId, description: 'Id of the user.' })

export const User = Type.Object({
  id: Type.String({ description: 'Id of the user, chosen by the client.' }),
  createdAt: Timestamp('When the user was first linked.'),
  scopes: Type.Array(Type.String(), { deprecated: true, description: 'Scopes of the user.' })
}, { $id: 'User', description: 'A user, as the list of users shows it.' })
export type User = Static<typeof User>

export const PaginatedUserList = paginated(User, 'users')
export type PaginatedUserList = Static<typeof PaginatedUserList>

export const LinkedVendor = Type.Object({
  vendor: Ref(Vendor),
  vendorType: Ref(VendorType),
  isValid: Type.Boolean({ description: 'Whether the credentials still work; if not, the user has to link again.' })
}, { $id: 'LinkedVendor', description: 'A vendor that a user has linked, for one type of asset.' })
export type LinkedVendor = Static<typeof LinkedVendor>

export const UserDetails = Type.Object({
  id: Type.String({ description: 'Id of the user, chosen by the client.' }),
  linkedVendors: Type.Array(Ref(LinkedVendor), { description: 'What the user has linked.' })
}, { $id: 'UserDetails', description: 'A user and the vendors that it has linked.' })
export type UserDetails = Static<typeof UserDetails>
