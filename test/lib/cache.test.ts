import t from 'tap'
import { Cache, Rows } from '../../src/lib/cache.ts'
import { Random } from '../../src/lib/random.ts'
import { many } from '../helpers/many.ts'

t.test('a cache has a limit in weight, and what was longest not used goes first', async t => {
  const cache = new Cache<string, Buffer>(100, image => image.length)
  const isKnown = (...keys: string[]): boolean[] => keys.map(key => cache.get(key) !== undefined)
  for (const key of ['a', 'b', 'c']) cache.set(key, Buffer.alloc(20))
  t.same(isKnown('a', 'b', 'c'), [true, true, true])
  cache.set('huge', Buffer.alloc(51))
  t.same(isKnown('huge'), [false], 'what fills more than half is not remembered')
  for (const key of ['d', 'e', 'f', 'g']) {
    cache.get('d')
    cache.set(key, Buffer.alloc(20))
  }
  t.same(isKnown('a', 'b'), [false, false])
  t.same(isKnown('g', 'd'), [true, true])
})

t.test('a cache holds its limit whatever is set, dropped and used', async t => {
  const random = new Random(2)
  const each = many(t)
  const cache = new Cache<number, { weight: number }>(100, ({ weight }) => weight)
  for (let i = 0; i < 5000; i++) {
    const key = random.integer(0, 60)
    if (random.integer(0, 3) === 0) cache.delete(key)
    else cache.of(key, () => ({ weight: random.integer(1, 40) }))
    const known = Array.from({ length: 61 }, (_, key) => key).filter(key => i % 100 === 0 && cache.get(key) !== undefined).map(key => cache.get(key)?.weight ?? 0)
    each.ok(known.reduce((sum, weight) => sum + weight, 0) <= 100, 'it is no heavier than its limit')
  }
  each.done()
})

t.test('a lookup asks once, also where there is nothing', async t => {
  const asked: string[] = []
  const rows = new Rows<{ id: string, name: string }>(10, id => {
    asked.push(id)
    return id === 'none' ? undefined : { id, name: 'first' }
  })
  const row = rows.of('a')
  t.same([rows.of('a'), rows.of('none'), rows.of('none')], [{ id: 'a', name: 'first' }, undefined, undefined])
  rows.change('a', { name: 'second' })
  rows.change('b', { name: 'unknown' })
  t.same(rows.of('a'), { id: 'a', name: 'second' })
  t.same(row, { id: 'a', name: 'first' }, 'a row that was handed out stays as it was')
  t.same(rows.of('b'), { id: 'b', name: 'first' }, 'what was not remembered is asked for')
  rows.forget('a')
  rows.of('a')
  t.same(asked, ['a', 'none', 'b', 'a'])
})

t.test('what was not used while it filled by half goes before what was', async t => {
  const random = new Random(1)
  const each = many(t)
  const cache = new Cache<number, number>(100)
  const lastUses = new Map<number, number>()
  let made = 0
  for (let i = 0; i < 20_000; i++) {
    const key = Math.floor(random.integer(0, 12) ** 2)
    const isNew = cache.get(key) === undefined
    each.ok(!isNew || made - (lastUses.get(key) ?? -Infinity) >= 50, 'what was used lately is there')
    each.equal(cache.of(key, () => { made++; return -key - 1 }), -key - 1, 'and is what was made')
    lastUses.set(key, made)
  }
  each.done()
})
