import t from 'tap'
import { type Store, type Tx } from '../../src/store/store.ts'
import { Round } from '../../src/world/round.ts'
import { build } from '../helpers/build.ts'

t.test('requests that come at the same time share a commit, and get the answers that each would alone', async t => {
  const alone = await build(t)
  const crowd = await build(t)
  const asked = async ({ call, car, advance, mock }: typeof alone, atOnce: boolean) => {
    const cars: string[] = []
    for (let i = 0; i < 5; i++) cars.push(await car({ state: { isPluggedIn: true, isCharging: false, batteryLevel: 30 } }))
    await call('GET', '/vehicles')
    // A car that there is not, and a command that is refused, change nothing for those beside them.
    const wishes = [...cars, 'nobody', ...cars].map((id, i) => async () => await call('POST', `/vehicles/${id}/charging`, { action: i === 3 ? 'STOP' : 'START' }))
    const answers = []
    if (atOnce) answers.push(...await Promise.all(wishes.map(async wish => await wish())))
    else for (const wish of wishes) answers.push(await wish())
    await advance('PT1H')
    return { answers: answers.map(({ status, text }) => [status, text]), timeline: (await mock('GET', '/timeline?limit=1000')).text, actions: (await mock('GET', '/actions')).text }
  }
  let commits = 0
  const { store } = crowd.worlds.default
  const together = store.together.bind(store)
  store.together = (fn, apart) => {
    if (apart === true) commits++
    together(fn, apart)
  }
  const one = await asked(alone, false)
  t.same(await asked(crowd, true), one)
  t.same(one.answers.map(([status]) => status), [200, 200, 200, 400, 200, 404, 200, 200, 200, 200, 200])
  t.ok(commits > 0 && commits < 11, `${commits} commits for 11 requests`)
})

t.test('of those that share a commit, one that throws after it changed something is undone alone', async t => {
  const did: string[] = []
  const note = (name: string) => (tx: Tx): string => {
    tx.trail.note('clock', {}, name)
    did.push(name)
    return `${name} ${tx.random.uuid()} ${tx.serials.uuid()}`
  }
  const run = async (names: string[], apart: boolean) => {
    const { store } = (await build(t)).worlds.default
    const made: string[] = []
    const all = (): void => {
      for (const name of names) {
        try {
          made.push(store.write(tx => {
            const text = note(name)(tx)
            if (name === 'bad') throw new Error('that cannot be')
            return text
          }))
        } catch (error) {
          t.match(error, { message: 'that cannot be' })
        }
      }
    }
    if (apart) store.together(all, true)
    else all()
    return { made, rows: store.read(tx => tx.timeline.list(null, 100)), row: store.world }
  }
  const alone = await run(['a', 'b', 'bad', 'c', 'bad'], false)
  t.same(alone.rows.map(({ says }) => says).filter(says => /^(\w|bad)$/.test(says)), ['c', 'b', 'a'])
  did.length = 0
  t.same(await run(['a', 'b', 'bad', 'c', 'bad'], true), alone)
  t.same(did, ['a', 'b', 'bad', 'a', 'b', 'c', 'bad', 'a', 'b', 'c'], 'those before it did it again')
})

t.test('answers leave after the commit, with the error if it failed', async t => {
  for (const failure of [undefined, new Error('disk full')]) {
    const heard: unknown[] = []
    const store = {
      isClosed: false,
      together: (fn: () => void) => {
        fn()
        heard.push('commit')
        if (failure !== undefined) throw failure
      }
    } as unknown as Store
    const round = new Round(store)
    for (const name of ['a', 'b']) {
      round.join(() => {
        heard.push(name)
        round.answer(failed => { heard.push(failed ?? `answered ${name}`) })
      })
    }
    await new Promise(resolve => setImmediate(resolve))
    t.same(heard, ['a', 'b', 'commit', ...failure === undefined ? ['answered a', 'answered b'] : [failure, failure]])
    round.answer(failed => { heard.push(failed ?? 'at once') })
    t.equal(heard.at(-1), 'at once')
  }
})
