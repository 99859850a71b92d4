import { type DriverWish, type LifeWish } from '../../contract/mock-life.ts'
import { type Issue } from '../../lib/problem.ts'
import { minutesLater, minutesOf } from './clock.ts'
import { driveHours } from './figures.ts'

/** Hours that a driver may be away for work, the ways included: the rest is to sleep. */
const mostHours = 18

/** What is wrong with a wish that its schema cannot tell. */
export function lifeIssues ({ comfortC, setbackC, drivers = [] }: LifeWish): Issue[] {
  const issues: Issue[] = []
  if (comfortC !== undefined && setbackC !== undefined && setbackC > comfortC) issues.push(issue('"setbackC" must not be above "comfortC"', ['setbackC']))
  for (const [i, driver] of drivers.entries()) issues.push(...driverIssues(driver).map(({ path, ...rest }) => ({ ...rest, path: ['drivers', i, ...path] })))
  return issues
}

function driverIssues ({ leavesAt, backAt, chargesFrom, commuteKm = 0, plugsIn, plugsInBelow }: DriverWish): Issue[] {
  const issues: Issue[] = []
  for (const [name, value] of Object.entries({ leavesAt, backAt, chargesFrom })) {
    if (value === '24:00') issues.push(issue(`"${name}" must be from 00:00 to 23:59`, [name]))
  }
  if (leavesAt !== undefined && backAt !== undefined && issues.length === 0) {
    const hours = minutesLater(minutesOf(leavesAt), minutesOf(backAt)) / 60
    const way = driveHours(commuteKm)
    if (hours < way) issues.push(issue(`"backAt" must be at least ${inWords(Math.ceil(60 * way))} after "leavesAt", which is how long the way takes`, ['backAt']))
    else if (hours + way > mostHours) issues.push(issue(`"backAt" must be at most ${inWords(Math.floor(60 * (mostHours - way)))} after "leavesAt", so that the driver is away for no more than ${mostHours} hours`, ['backAt']))
  }
  if (plugsInBelow !== undefined && plugsIn !== undefined && plugsIn !== 'below') issues.push(issue(`"plugsInBelow" goes with "plugsIn" below, not ${plugsIn}`, ['plugsInBelow']))
  return issues
}

function issue (message: string, path: Issue['path']): Issue {
  return { message, path, type: 'custom' }
}

function inWords (minutes: number): string {
  return minutes < 120 ? `${minutes} minutes` : `${Math.floor(minutes / 60)} hours and ${minutes % 60} minutes`
}
