import { type Place } from '../place.ts'
import { householdOf } from './household.ts'
import { type Life } from './life.ts'

export { lifeIssues } from './issues.ts'
export { homeAt, nextOuting, outingAt } from './itinerary.ts'
export { isEmpty, plugsIn } from './presence.ts'

/** How people live at a home, with every figure. */
export function lifeOf (home: Place): Life {
  return householdOf(home).life
}
