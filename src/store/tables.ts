import { accountsTable, connectionsTable } from './accounts.ts'
import { actionsTable } from './actions.ts'
import { assetsTable, devicesTable } from './assets.ts'
import { type Db, type Written } from './database.ts'
import { attemptsTable, deliveriesTable, outboxTable } from './deliveries.ts'
import { energyTable } from './energy.ts'
import { faultsTable } from './faults.ts'
import { hemSystemsTable } from './hem-systems.ts'
import { linkSessionsTable } from './link-sessions.ts'
import { locationsTable } from './locations.ts'
import { schedulesTable } from './schedules.ts'
import { smartChargingTable, smartPlansTable } from './smart-charging.ts'
import { smartOverridesTable } from './smart-overrides.ts'
import { staysTable } from './stays.ts'
import { tariffsTable } from './tariffs.ts'
import { timelineTable } from './timeline.ts'
import { timersTable } from './timers.ts'
import { tokensTable } from './tokens.ts'
import { tripsTable } from './trips.ts'
import { usersTable } from './users.ts'
import { webhooksTable } from './webhooks.ts'
import { worldTable } from './world.ts'

/** `forget` is told whenever a device comes or goes, or who shares it. */
export function tablesOf (db: Db, forget: () => void) {
  return {
    world: worldTable(db),
    tokens: tokensTable(db),
    users: usersTable(db),
    accounts: accountsTable(db),
    connections: connectionsTable(db, forget),
    devices: devicesTable(db, forget),
    assets: assetsTable(db),
    energy: energyTable(db),
    trips: tripsTable(db),
    hemSystems: hemSystemsTable(db),
    linkSessions: linkSessionsTable(db),
    locations: locationsTable(db),
    tariffs: tariffsTable(db),
    actions: actionsTable(db),
    schedules: schedulesTable(db),
    smartOverrides: smartOverridesTable(db),
    smartCharging: smartChargingTable(db),
    smartPlans: smartPlansTable(db),
    stays: staysTable(db),
    webhooks: webhooksTable(db),
    outbox: outboxTable(db),
    deliveries: deliveriesTable(db),
    attempts: attemptsTable(db),
    timers: timersTable(db),
    faults: faultsTable(db),
    timeline: timelineTable(db)
  }
}

export type Tables = ReturnType<typeof tablesOf>

/** The methods of a table that tell something: one that changes something answers nothing, or what is `Written`. */
export type Readers<T> = { readonly [M in keyof T as T[M] extends (...args: never) => Written | void ? never : M]: T[M] }
