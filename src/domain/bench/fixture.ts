import { invalid, issueAt, issuesUnder } from '../../lib/problem.ts'
import { type Fixture, type FixtureLocation, type FixtureUser, type FixtureWebhook } from '../../contract/mock.ts'
import { placeAt } from '../../devices/place.ts'
import { type Tx } from '../../store/store.ts'
import { createFault } from '../faults/faults.ts'
import { fillAccounts, locationNamed, numbered, type Lives } from './fixture-accounts.ts'
import { createLocation } from '../places/locations.ts'
import { ensureUser } from '../linking/assets.ts'
import { linkTariff, putTariff } from '../places/tariffs.ts'
import { lifeIn } from '../truth/households.ts'
import { createWebhook, findWebhook, requirePatience } from '../tell/webhooks.ts'

/** Fills a new world; webhooks come first, so that they hear of all the rest. Throws a 400 with the path to what cannot be. */
export function applyFixture (tx: Tx, fixture: Fixture): void {
  const { webhooks = [], faults = [], tariffs = {}, users = [], accounts = [] } = fixture
  issuesUnder(['fixture'], () => {
    requirePatience(fixture.webhookPatience)
    webhooks.forEach((webhook, i) => issueAt(['webhooks', i], () => { makeWebhook(tx, webhook) }))
    faults.forEach((fault, i) => issueAt(['faults', i], () => createFault(tx, fault)))
    for (const [id, rates] of Object.entries(tariffs)) issueAt(['tariffs', id], () => { putTariff(tx, id, rates) })
    const lives: Lives = new Map()
    users.forEach((user, i) => issuesUnder(['users', i], () => { makeUsers(tx, typeof user === 'string' ? { id: user } : user, lives) }))
    issuesUnder(['accounts'], () => { fillAccounts(tx, accounts, lives) })
  })
}

function makeWebhook (tx: Tx, { isActive = true, ...wish }: FixtureWebhook): void {
  const { id } = createWebhook(tx, wish, null)
  if (!isActive) tx.webhooks.update({ ...findWebhook(tx, id), is_active: 0 })
}

function makeUsers (tx: Tx, { id, count = 1, locations = [] }: FixtureUser, lives: Lives): void {
  if (count > 1 && !id.includes('{n}')) throw invalid(`"id" ${id} must contain {n}, the number of each, since "count" is ${count}`, ['id'], 'any.unique')
  for (const userId of numbered(id, count)) {
    ensureUser(tx, userId)
    locations.forEach((location, i) => issueAt(['locations', i], () => { makeLocation(tx, userId, location, lives) }))
  }
}

function makeLocation (tx: Tx, userId: string, { tariff, life, ...wish }: FixtureLocation, lives: Lives): void {
  if (locationNamed(tx, userId, wish.name) !== undefined) {
    throw invalid(`"name" ${wish.name} is that of another location of user ${userId}: choose another, or nothing could refer to it`, ['name'], 'any.unique')
  }
  const { id } = createLocation(tx, userId, { ...wish, timezoneName: wish.timezoneName ?? placeAt({ latitude: wish.latitude, longitude: wish.longitude, seed: 0 }).timezone })
  if (life !== undefined) lives.set(id, issuesUnder(['life'], () => lifeIn(life)))
  if (tariff !== undefined) issueAt(['tariff'], () => { linkTariff(tx, id, tariff) })
}
