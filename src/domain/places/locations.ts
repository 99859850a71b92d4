import { metresBetween, type Position } from '../../lib/distance.ts'
import { badRequest, invalid } from '../../lib/problem.ts'
import { iso } from '../../lib/time.ts'
import { timezoneNamed } from '../../lib/timezone.ts'
import { type CreateLocationBody, type Location, type UpdateLocationBody } from '../../contract/location.ts'
import { pageOf, type Listed, type PageQuery } from '../../contract/pagination.ts'
import { type AssetRow } from '../../store/assets.ts'
import { type LocationRow } from '../../store/locations.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'
import { findLocation, findLocationOf, findUser } from '../sight/find.ts'
import { leastDistanceM, locationOf } from '../sight/geofence.ts'
import { placeSystems } from '../sight/systems.ts'
import { seenView } from '../sight/seen.ts'
import { awaitArrivals, putAt } from '../sight/polls.ts'
import { onLocation } from '../control/scheduling/execution.ts'
import { noteStay } from '../sight/stays.ts'

/** Locations of all users or of one. An unknown user has none. */
export function listLocations (tx: ReadTx, query: PageQuery, userId?: string): Listed<Location> {
  return pageOf(userId === undefined ? tx.locations.page(query) : tx.locations.pageOfUser(query, userId), showLocation)
}

/** Makes a location of a user, far enough from the others; what was seen within its geofence is at it from now on. */
export function createLocation (tx: Tx, userId: string, { name, latitude, longitude, timezoneName }: CreateLocationBody): Location {
  findUser(tx, userId)
  requireTimezone(timezoneName)
  requireDistance(tx.locations.ofUser(userId), { latitude, longitude })
  const id = tx.random.uuid()
  tx.locations.insert({ id, user_id: userId, name, latitude, longitude, timezone: timezoneName, created_at: tx.now })
  reviewAssets(tx, userId)
  return showLocation(findLocation(tx, id))
}

/** Changes what is given. As documented, the distance to other locations is not checked again. */
export function updateLocation (tx: Tx, id: string, { name, latitude, longitude, timezoneName }: UpdateLocationBody): Location {
  const old = findLocation(tx, id)
  if (timezoneName !== undefined) requireTimezone(timezoneName)
  tx.locations.update({
    ...old,
    name: name ?? old.name,
    latitude: latitude ?? old.latitude,
    longitude: longitude ?? old.longitude,
    timezone: timezoneName ?? old.timezone
  })
  reviewAssets(tx, old.user_id)
  onLocation(tx, id)
  touchAt(tx, old)
  return showLocation(findLocation(tx, id))
}

/** Deletes a location with its tariff schedule, and takes what was at it away. Answers what it was. */
export function deleteLocation (tx: Tx, id: string): Location {
  const location = findLocation(tx, id)
  tx.locations.delete(id)
  reviewAssets(tx, location.user_id)
  onLocation(tx, id)
  return showLocation(location)
}

/** Puts an asset that tells no position at a location of its user, or at none. */
export function assignLocation (tx: Tx, asset: AssetRow, locationId: string | null): void {
  if (locationId !== null) findLocationOf(tx, asset.user_id, locationId)
  putAt(tx, asset, locationId)
}

/** Lets the assets at a location, and what controls them, answer to a change of its prices or its timezone. */
export function touchAt (tx: Tx, location: LocationRow): void {
  for (const asset of tx.assets.ofUser(location.user_id)) {
    if (asset.location_id !== location.id) continue
    noteStay(tx, asset.id)
    tx.touched.add(asset.id)
  }
}

export function showLocation (row: LocationRow): Location {
  return {
    name: row.name,
    latitude: row.latitude,
    longitude: row.longitude,
    timezoneName: row.timezone,
    id: row.id,
    userId: row.user_id,
    createdAt: iso(row.created_at)
  }
}

/** Once a user's locations changed, its assets may be at others, by where each was last seen. */
function reviewAssets (tx: Tx, userId: string): void {
  const locations = tx.locations.ofUser(userId)
  for (const asset of tx.assets.ofUser(userId)) {
    const id = locationOf(locations, seenView(tx, asset).location, asset.location_id)
    if (id !== asset.location_id) putAt(tx, asset, id)
    awaitArrivals(tx, asset.device_id)
  }
  placeSystems(tx, userId)
}

function requireTimezone (name: string): void {
  const known = timezoneNamed(name)
  if (known === name) return
  const hint = known === undefined ? 'such as Europe/Oslo or UTC' : `which spells it ${known}`
  throw invalid(`"timezoneName" ${JSON.stringify(name)} must be the name of a timezone in the IANA database, ${hint}`, ['timezoneName'], 'any.invalid')
}

function requireDistance (locations: readonly LocationRow[], position: Position): void {
  for (const location of locations) {
    const metres = metresBetween(location, position)
    if (metres >= leastDistanceM) continue
    throw badRequest(`It would lie ${Math.floor(metres)} m from location ${location.id}, and a user's locations must be at least ${leastDistanceM} m apart: update that one, or move the new one away`, 'Location too close')
  }
}
