import t from 'tap'
import Database from 'better-sqlite3'
import { openDatabase } from '../../src/store/database.ts'
import { build } from '../helpers/build.ts'
import { wrongRows } from '../helpers/strict-rows.ts'

t.test('a row that does not fit its type is told, with what is wrong in it', async t => {
  const { car, worlds } = await build(t)
  const id = await car()
  const whole = worlds.default.store.serialize()
  t.same(wrongRows(whole), [])

  const broken = (sql: string): string[] => {
    const db = new Database(whole)
    db.exec(sql)
    const bytes = db.serialize()
    db.close()
    return wrongRows(bytes)
  }
  const tells = (sql: string, ...patterns: RegExp[]): void => {
    const wrong = broken(sql)
    t.equal(wrong.length, 1, wrong.join('\n'))
    for (const pattern of [new RegExp(id), ...patterns]) t.match(wrong[0], pattern)
  }
  tells("update devices set state = json_remove(state, '$.vin')", /^devices .*: state is/, /required property 'vin'/)
  tells("update devices set state = json_set(state, '$.kind', 'vehicle')", /additional properties/)
  tells("update assets set view = json_set(view, '$.chargeState.isCharging', 'yes')", /^assets .*: view is/, /"instancePath":"\/chargeState\/isCharging"/)
  tells("update assets set vendor = 'ZAPTEC'", /vendor is ZAPTEC/)
  tells("update assets set scopes = '[\"vehicle:read:everything\"]'", /scopes is/)
})

t.test('the database of a further world is like that of the first, which went through every migration', async t => {
  const looks = [1, 2, 3].map(() => {
    const { db, close } = openDatabase(undefined)
    const look = [db.pragma('user_version'), db.pragma('application_id'), ...db.prepare('select type, name, tbl_name, sql from sqlite_master order by type, name').all()]
    for (const { name } of db.prepare("select name from sqlite_master where type = 'table' and name <> 'sqlite_sequence'").all() as Array<{ name: string }>) {
      look.push([name, db.prepare(`select count(*) from "${name}"`).pluck().get(), db.pragma(`table_info("${name}")`)])
    }
    close()
    return look
  })
  t.ok((looks[0]?.length ?? 0) > 60, 'tables and indexes are looked at')
  t.same(looks[1], looks[0])
  t.same(looks[2], looks[0])
})
