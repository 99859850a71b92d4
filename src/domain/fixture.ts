import { issuesUnder } from '../lib/problem.ts'
import { type Fixture } from '../contract/mock.ts'
import { type Tx } from '../store/store.ts'
import { createAccount } from './accounts.ts'
import { ensureUser } from './linking.ts'
import { createWebhook } from './webhooks.ts'

/** Fills a new world. Webhooks come first, so that they hear of all the rest; `baseUrl` is that of the images in it. */
export function applyFixture (tx: Tx, fixture: Fixture, baseUrl: string): void {
  fixture.webhooks?.forEach((webhook, i) => issuesUnder(['fixture', 'webhooks', i], () => createWebhook(tx, webhook, baseUrl)))
  for (const user of fixture.users ?? []) ensureUser(tx, user)
  fixture.accounts?.forEach((account, i) => issuesUnder(['fixture', 'accounts', i], () => createAccount(tx, account)))
}
