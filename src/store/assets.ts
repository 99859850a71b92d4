import { Lookup, Rows } from '../lib/cache.ts'
import { type Millis } from '../lib/time.ts'
import { type Scope } from '../contract/scopes.ts'
import { type AssetKind, type VendorOf } from '../contract/vendors.ts'
import { type Capability } from '../devices/device.ts'
import { type States, type Views } from '../devices/kinds.ts'
import { type Json } from '../lib/json.ts'
import { AnswerCache } from './answers.ts'
import { mostRows, statement, type Db } from './database.ts'
import { pager } from './pages.ts'
import { type Sight } from './sights.ts'

/** A thing in the physical world: what is. */
export interface DeviceRowOf<K extends AssetKind> {
  seq: number
  id: string
  account_id: string
  kind: K
  vendor: VendorOf<K>
  state: Json<States[K]>
  /** The capabilities that were switched off. */
  overrides: Json<Record<string, Capability>>
  is_reachable: 0 | 1
  /** Since when the ledger has its energy. */
  recorded_from: number
}

/** A device of any kind; its kind says what its state is. */
export type DeviceRow = { [K in AssetKind]: DeviceRowOf<K> }[AssetKind]

/** A device as one user linked it: what Enode knows. */
export interface AssetRowOf<K extends AssetKind> {
  seq: number
  id: string
  device_id: string
  user_id: string
  kind: K
  vendor: VendorOf<K>
  scopes: Json<Scope[]>
  /** 0 once its user deauthorised it: retained so that linking again gives the same id. */
  is_linked: 0 | 1
  created_at: number
  location_id: string | null
  /** The text that the API answers. */
  view: Json<Views[K]>
  /** What controls it besides its client; null when nothing does. */
  controlled_by: Controller | null
  /** The home energy management system that it is a part of. */
  hem_system_id: string | null
  /** When an event last told what it looks like; 0 while none has. */
  told_at: number
}

/** An asset of any kind; its kind says what its view is. */
export type AssetRow = { [K in AssetKind]: AssetRowOf<K> }[AssetKind]

/** What can control an asset besides its client. */
export type Controller = 'schedule' | 'smart-charging'

/** `forget` is told whenever a device comes or goes. */
export function devicesTable (db: Db, forget: () => void) {
  const get = statement(db, 'select * from devices where id = ?')
  const byAccount = statement(db, 'select * from devices where account_id = ? order by seq')
  const list = statement(db, 'select * from devices order by seq')
  const oldest = statement(db, 'select * from devices where account_id in (select value from json_each(?)) order by seq limit 1')
  const ofAccounts = statement(db, 'select * from devices where account_id in (select value from json_each(?)) order by seq')
  const haveKind = statement(db, 'select 1 from devices where account_id in (select value from json_each(?)) and kind in (select value from json_each(?)) limit 1')
  const insert = statement(db, 'insert into devices (id, account_id, kind, vendor, state, overrides, recorded_from) values (?, ?, ?, ?, ?, ?, ?)')
  const state = statement(db, 'update devices set state = ? where id = ?')
  const overrides = statement(db, 'update devices set overrides = ? where id = ?')
  const reachable = statement(db, 'update devices set is_reachable = ? where id = ?')
  const recorded = statement(db, 'update devices set recorded_from = ? where id = ?')
  const remove = statement(db, 'delete from devices where id = ?')
  // As rows of assets, and as stale.
  const rows = new Rows(mostRows, id => get.get(id) as DeviceRow | undefined)
  return {
    /** Forgets the remembered rows, after a transaction was rolled back or the world begun anew. */
    forget: (): void => { rows.clear() },
    get: (id: string): DeviceRow | undefined => rows.of(id),
    byAccount: (accountId: string): DeviceRow[] => byAccount.all(accountId) as DeviceRow[],
    list: (): DeviceRow[] => list.all() as DeviceRow[],
    oldestOf: (accountIds: readonly string[]): DeviceRow | undefined => oldest.get(JSON.stringify(accountIds)) as DeviceRow | undefined,
    ofAccounts: (accountIds: readonly string[]): DeviceRow[] => ofAccounts.all(JSON.stringify(accountIds)) as DeviceRow[],
    haveKind: (accountIds: readonly string[], kinds: readonly string[]): boolean => haveKind.get(JSON.stringify(accountIds), JSON.stringify(kinds)) !== undefined,
    insert: (row: Omit<DeviceRow, 'seq' | 'is_reachable'>): void => {
      forget()
      rows.forget(row.id)
      insert.run(row.id, row.account_id, row.kind, row.vendor, row.state, row.overrides, row.recorded_from)
    },
    setState: (id: string, json: string): void => {
      rows.change(id, { state: json })
      state.run(json, id)
    },
    setOverrides: (id: string, json: string): void => {
      rows.change(id, { overrides: json })
      overrides.run(json, id)
    },
    setRecorded: (id: string, from: number): void => {
      rows.change(id, { recorded_from: from })
      recorded.run(from, id)
    },
    setReachable: (id: string, isReachable: boolean): void => {
      rows.change(id, { is_reachable: isReachable ? 1 : 0 })
      reachable.run(Number(isReachable), id)
    },
    delete: (id: string): void => {
      forget()
      rows.forget(id)
      remove.run(id)
    }
  }
}

export function assetsTable (db: Db) {
  const get = statement(db, 'select * from assets where id = ?')
  const ofDevice = statement(db, 'select id from assets where device_id = ? order by seq')
  const ofUser = statement(db, 'select * from assets where user_id = ? order by seq')
  const insert = statement(db, `insert into assets (id, device_id, user_id, kind, vendor, scopes, is_linked, created_at, location_id, view)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const ofSystem = statement(db, 'select id from assets where hem_system_id = ? and is_linked = 1 order by seq')
  const linked = statement(db, 'select * from assets where is_linked = 1 order by seq')
  const setView = statement(db, 'update assets set view = ? where id = ?')
  const setTold = statement(db, 'update assets set view = ?, told_at = ? where id = ?')
  const controller = statement(db, 'update assets set controlled_by = ? where id = ?')
  const setSystem = statement(db, 'update assets set hem_system_id = ? where id = ?')
  const setLocation = statement(db, 'update assets set location_id = ? where id = ?')
  const link = statement(db, 'update assets set is_linked = ?, scopes = ? where id = ?')
  const remove = statement(db, 'delete from assets where id = ?')
  const columns = 'created_at, seq, id'
  // Stale when an asset changes what it shows or the moment comes that a text tells: each method that writes clears them.
  const answers = new AnswerCache()
  // Everything that happens to an asset asks for its row several times over. Stale when the row is written: each method
  // that writes puts what it writes into a new one, for a row that was handed out never changes.
  const rows = new Rows(mostRows, id => get.get(id) as AssetRow | undefined)
  // By the device that they are of, and by the system that they are a part of. Stale when one comes or goes, by all that does so.
  const onDevice = new Lookup(mostRows, (deviceId: string): string[] => idsOf(ofDevice.all(deviceId)))
  const inSystem = new Lookup(mostRows, (systemId: string): string[] => idsOf(ofSystem.all(systemId)))
  const regroup = (): void => {
    onDevice.clear()
    inSystem.clear()
  }
  const found = (ids: readonly string[]): AssetRow[] => ids.flatMap(id => rows.of(id) ?? [])
  return {
    /** A text for an answer, made once until any asset changes or a moment that it tells has come. */
    remembered: (key: string, now: Millis, make: () => Sight): Buffer => answers.get(key, now, make).body,
    /** Forgets the remembered texts and rows, after a transaction was rolled back or the world begun anew. */
    forget: (): void => {
      answers.clear()
      rows.clear()
      regroup()
    },
    get: (id: string): AssetRow | undefined => rows.of(id),
    ofDevice: (deviceId: string): AssetRow[] => found(onDevice.of(deviceId)),
    ofUser: (userId: string): AssetRow[] => ofUser.all(userId) as AssetRow[],
    /** The linked parts of a system. */
    ofSystem: (systemId: string): AssetRow[] => found(inSystem.of(systemId)),
    /** Every one that a user has linked. */
    linked: (): AssetRow[] => linked.all() as AssetRow[],
    ofDeviceAndUser: (deviceId: string, userId: string): AssetRow | undefined => found(onDevice.of(deviceId)).find(({ user_id: id }) => id === userId),
    page: pager<Pick<AssetRow, 'created_at' | 'seq' | 'id'>>(db, columns, 'assets where kind = ? and is_linked = 1'),
    pageOfUser: pager<Pick<AssetRow, 'created_at' | 'seq' | 'id'>>(db, columns, 'assets where user_id = ? and kind = ? and is_linked = 1'),
    insert: (row: Omit<AssetRow, 'seq' | 'controlled_by' | 'hem_system_id' | 'told_at'>): void => {
      answers.clear()
      rows.forget(row.id)
      regroup()
      insert.run(row.id, row.device_id, row.user_id, row.kind, row.vendor, row.scopes, row.is_linked, row.created_at, row.location_id, row.view)
    },
    setView: (id: string, text: string): void => {
      answers.clear()
      rows.change(id, { view: text })
      setView.run(text, id)
    },
    /** A view of which an event tells at a moment. */
    setTold: (id: string, text: string, at: Millis): void => {
      answers.clear()
      rows.change(id, { view: text, told_at: at })
      setTold.run(text, at, id)
    },
    setController: (id: string, by: Controller | null): void => {
      rows.change(id, { controlled_by: by })
      controller.run(by, id)
    },
    setSystem: (id: string, systemId: string | null): void => {
      inSystem.clear()
      rows.change(id, { hem_system_id: systemId })
      setSystem.run(systemId, id)
    },
    setLocation: (id: string, locationId: string | null): void => {
      rows.change(id, { location_id: locationId })
      setLocation.run(locationId, id)
    },
    setLink: (id: string, isLinked: boolean, scopes: string): void => {
      answers.clear()
      inSystem.clear()
      rows.change(id, { is_linked: isLinked ? 1 : 0, scopes })
      link.run(Number(isLinked), scopes, id)
    },
    delete: (id: string): void => {
      answers.clear()
      rows.forget(id)
      regroup()
      remove.run(id)
    }
  }
}

function idsOf (rows: unknown[]): string[] {
  return (rows as Array<Pick<AssetRow, 'id'>>).map(({ id }) => id)
}
