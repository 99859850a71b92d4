import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { openDatabase } from '../../src/store/database.ts'

const store = new URL('../../src/store/', import.meta.url)

/** Statements that walk through all rows of something, and why that stays cheap. */
const walks: Record<string, string> = {
  'select * from world': 'one row',
  'update world': 'one row',
  'select * from faults': 'remembered',
  'select * from webhooks': 'remembered',
  'select id from webhooks': 'remembered',
  'select * from accounts order by seq': 'asked for all of them',
  'select * from devices order by seq': 'asked for all of them',
  'select * from assets where is_linked = 1': 'asked for all of them, when somebody begins to follow',
  'select count(*) as n from connections': 'as many as users link, once for each link where a limit is set',
  'select * from tokens': 'those that are valid, once for each restore',
  'select count(*) as n from timers': 'asked for by /_mock/info alone',
  "select count(*) as n from deliveries where state = 'PENDING'": 'bounded, and asked for by hand',
  "select count(*) as n from deliveries where state <> 'PENDING'": 'bounded, once in a hundred deliveries',
  'select * from timers order by due, seq limit 1': 'the first of an index',
  "select id from deliveries where state <> 'PENDING' order by updated_at": 'the first of an index',
  'select * from actions where asset_id = coalesce': 'newest first, bounded, asked for by hand',
  'select * from actions where asset_id = ? order by seq desc limit 1': 'bounded, for events on demand alone',
  'select * from deliveries where webhook_id = coalesce': 'newest first, bounded, asked for by hand',
  'select * from timeline where coalesce': 'newest first, bounded, asked for by hand',
  'select * from locations where tariff_id': 'when a tariff changes',
  'select id from schedules where location_id': 'when a location changes'
}

t.test('every statement of the store reaches its rows by an index, but for those that are named', async t => {
  const { db, close } = openDatabase(undefined)
  const texts = readdirSync(store).filter(name => name !== 'migrations.ts').flatMap(name =>
    [...readFileSync(new URL(name, store), 'utf8').matchAll(/statement\(db, (?:'((?:[^'\\]|\\.)*)'|"([^"]*)"|`([^`$]*)`)/g)].map(([, ...texts]) => texts.find(text => text !== undefined) ?? ''))
  t.ok(texts.length > 100, `${texts.length} statements`)
  const used = new Set<string>()
  for (const text of texts) {
    const count = text.split('?').length - 1
    const plan = db.prepare(`explain query plan ${text}`).all(...Array.from({ length: count }, () => null)) as Array<{ detail: string }>
    const walked = plan.map(({ detail }) => detail).filter(detail => /^SCAN (?!json_each)/.test(detail))
    if (walked.length === 0) continue
    const named = Object.keys(walks).find(each => text.replace(/\s+/g, ' ').startsWith(each))
    if (named === undefined) t.fail(`${text}: ${walked.join(', ')}`)
    else used.add(named)
  }
  t.same(Object.keys(walks).filter(each => !used.has(each)), [], 'and none is named in vain')
  close()
})
