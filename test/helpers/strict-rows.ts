import { Type, type TSchema } from '@sinclair/typebox'
import Database from 'better-sqlite3'
import { actionStates, FailureReason } from '../../src/contract/action.ts'
import { Battery } from '../../src/contract/battery.ts'
import { Charger } from '../../src/contract/charger.ts'
import { HEMSystem } from '../../src/contract/hem-system.ts'
import { HVAC } from '../../src/contract/hvac.ts'
import { Inverter } from '../../src/contract/inverter.ts'
import { Nullable, StringEnum } from '../../src/contract/kit.ts'
import { Meter } from '../../src/contract/meter.ts'
import { FaultEffect, FaultTarget, Resolution } from '../../src/contract/mock-faults.ts'
import { Ref } from '../../src/contract/ref.ts'
import { Schedule, ScheduleStatus } from '../../src/contract/schedule.ts'
import { Scope } from '../../src/contract/scopes.ts'
import { SmartChargingPlan, SmartChargingStatus } from '../../src/contract/smart-charging.ts'
import { TariffInterval, TariffRate } from '../../src/contract/tariff.ts'
import { timings, tokenClocks } from '../../src/contract/timing.ts'
import { Vehicle } from '../../src/contract/vehicle.ts'
import { assetKinds, HEMSystemVendor, Vendor, vendorsByType, VendorType, type AssetKind } from '../../src/contract/vendors.ts'
import { Webhook } from '../../src/contract/webhook.ts'
import { type Views } from '../../src/devices/kinds.ts'
import { type Worlds } from '../../src/world/worlds.ts'
import { states } from './states.ts'
import { wrongWith } from './strict-responses.ts'

type Row = Record<string, unknown>
type Columns = Record<string, TSchema>

/** What stands in the columns of a table that are more than any text or number: in those of `json`, as JSON. */
interface Table { plain?: Columns, json?: Columns }

const views: { readonly [K in AssetKind]: TSchema & { static: Views[K] } } = {
  vehicle: Ref(Vehicle), charger: Ref(Charger), hvac: Ref(HVAC), inverter: Ref(Inverter), battery: Ref(Battery), meter: Ref(Meter)
}
const kind = Ref(VendorType)
const scopes = Type.Array(Ref(Scope))
const overrides = Type.Record(Type.String(), Type.Object({ isCapable: Type.Boolean(), interventionIds: Type.Array(Type.String()) }))
const command = Type.Object({
  type: StringEnum(['charging', 'max-current', 'charge-rate-limit', 'operation-mode', 'permanent-hold', 'follow-schedule'])
}, { additionalProperties: true })
const fate = Type.Object({ ...Type.Partial(Resolution).properties, undo: Type.Optional(Type.Number()), was: Type.Optional(Type.Record(Type.String(), Type.Unknown())) })
const { finalState, failureCondition } = SmartChargingPlan.properties

/** Of rows of which the kind says what else stands in them. */
function kinded (kind: AssetKind): Record<string, Table> {
  const plain = { vendor: StringEnum(vendorsByType[kind]) }
  return {
    devices: { plain, json: { state: states[kind], overrides } },
    assets: { plain, json: { scopes, view: views[kind] } }
  }
}

const ofKinds = Object.fromEntries(assetKinds.map(kind => [kind, kinded(kind)]))

const tables: Record<string, Table> = {
  // Its fixture was held against a schema when it came in.
  world: { plain: { timing: StringEnum(timings), tokens: StringEnum(tokenClocks) } },
  accounts: { plain: { vendor: Ref(Vendor) } },
  connections: { json: { scopes } },
  devices: { plain: { kind } },
  assets: { plain: { kind } },
  hem_systems: { plain: { vendor: Ref(HEMSystemVendor) }, json: { device_ids: Type.Array(Type.String()), view: Ref(HEMSystem) } },
  link_sessions: { plain: { vendor: Nullable(Ref(Vendor)), vendor_type: Nullable(kind) }, json: { scopes } },
  locations: { json: { tariff_intervals: Type.Array(Ref(TariffInterval)) } },
  tariffs: { json: { rates: Type.Array(Ref(TariffRate)) } },
  actions: { plain: { kind, state: StringEnum(actionStates) }, json: { command, failure: Ref(FailureReason), fate } },
  schedules: { plain: { kind: Schedule.properties.targetType }, json: { rules: Schedule.properties.rules, status: Ref(ScheduleStatus) } },
  smart_charging: { json: { status: Ref(SmartChargingStatus) } },
  smart_plans: { plain: { final_state: finalState, failure: failureCondition } },
  webhooks: { plain: { api_version: Webhook.properties.apiVersion }, json: { events: Webhook.properties.events } },
  attempts: { json: { request_headers: Type.Record(Type.String(), Type.String()), response_headers: Type.Array(Type.String()) } },
  faults: { json: { matches: Ref(FaultTarget), effect: Ref(FaultEffect) } }
}

/** Rows of a table that are looked at: enough to meet every sort of them. */
const most = 500

/** What of a serialised database does not fit the types that the program reads it by. */
export function wrongRows (bytes: Buffer): string[] {
  const db = new Database(bytes, { readonly: true })
  try {
    return Object.entries(tables).flatMap(([name, table]) => (db.prepare(`select * from ${name} limit ${most}`).all() as Row[]).flatMap(row => {
      const ofKind = ofKinds[String(row.kind)]?.[name]
      return [table, ...(ofKind === undefined ? [] : [ofKind])].flatMap(each => wrongIn(name, each, row))
    }))
  } finally {
    db.close()
  }
}

function wrongIn (name: string, { plain = {}, json = {} }: Table, row: Row): string[] {
  const told = (column: string, wrong: string | undefined): string[] =>
    wrong === undefined ? [] : [`${name} ${String(row.id ?? row.asset_id ?? row.account_id ?? row.seq)}: ${column} is ${String(row[column])}: ${wrong}`]
  return [
    ...Object.entries(plain).flatMap(([column, schema]) => told(column, wrongWith(schema, row[column]))),
    ...Object.entries(json).flatMap(([column, schema]) => row[column] === null ? [] : told(column, wrongWith(schema, JSON.parse(String(row[column])))))
  ]
}

/** Fails the tests of a process in which a world ends up with a row that does not fit its type. */
export function strictRows (worlds: Worlds): void {
  for (const { store, name } of worlds.list()) {
    if (store.isClosed || store.world === undefined) continue
    for (const wrong of wrongRows(store.serialize())) {
      console.error(`STRICT: world ${name}, ${wrong}`)
      process.exitCode = 1
    }
  }
}
