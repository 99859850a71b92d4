import { type Fixture } from '../contract/mock.ts'
import { type Tx } from '../store/store.ts'
import { createAccount } from './accounts.ts'
import { ensureUser } from './linking.ts'
import { createWebhook } from './webhooks.ts'

/** Fills a new world. Webhooks come first, so that they hear of all the rest. */
export function applyFixture (tx: Tx, fixture: Fixture): void {
  for (const webhook of fixture.webhooks ?? []) createWebhook(tx, webhook)
  for (const user of fixture.users ?? []) ensureUser(tx, user)
  for (const account of fixture.accounts ?? []) createAccount(tx, account)
}
