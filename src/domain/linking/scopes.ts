import { invalid } from '../../lib/problem.ts'
import { scopes as allScopes } from '../../contract/scopes.ts'
import { type AssetKind, assetKinds } from '../../contract/vendors.ts'

/** Those of some scopes that are for some types of asset. */
export function scopesFor<S extends string> (types: readonly AssetKind[], scopes: readonly S[]): S[] {
  return scopes.filter(scope => types.some(type => scope.startsWith(`${type}:`)))
}

/** All scopes that some types of asset have. */
export function allScopesFor (types: readonly AssetKind[]): Array<typeof allScopes[number]> {
  return scopesFor(types, allScopes)
}

/** The types of asset that some scopes are for, in the order of the reference. */
export function typesIn (scopes: readonly string[]): AssetKind[] {
  return assetKinds.filter(type => scopes.some(scope => scope.startsWith(`${type}:`)))
}

/** Each type of asset that is to be linked needs its `:read:data`; a 400 says which is missing. */
export function requireReadData (types: readonly AssetKind[], scopes: readonly string[]): void {
  for (const type of types) {
    if (!scopes.includes(`${type}:read:data`)) throw invalid(`"scopes" must contain "${type}:read:data" to link a ${type}`, ['scopes'], 'array.includes')
  }
}
