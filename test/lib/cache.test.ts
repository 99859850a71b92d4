import t from 'tap'
import { Cache } from '../../src/lib/cache.ts'
import { Random } from '../../src/lib/random.ts'
import { many } from '../helpers/many.ts'

t.test('a cache has a limit in weight, and what was longest not used goes first', async t => {
  const cache = new Cache<string, Buffer>(100, image => image.length)
  for (const key of ['a', 'b', 'c']) cache.set(key, Buffer.alloc(30))
  cache.get('a')
  cache.set('d', Buffer.alloc(30))
  t.same(['a', 'b', 'c', 'd'].map(key => cache.get(key) !== undefined), [true, false, true, true])
  cache.set('a', Buffer.alloc(40))
  t.equal(cache.weight, 100)
  cache.set('huge', Buffer.alloc(101))
  t.equal(cache.weight, 0, 'not even one that is larger')
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
