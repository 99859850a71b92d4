import t from 'tap'
import { Engine, type TimerHandler } from '../../src/engine/engine.ts'
import { type TimerKind } from '../../src/store/timers.ts'
import { build } from '../helpers/build.ts'

t.test('timers of one moment share a commit, and one that fails does so alone', async t => {
  const { worlds } = await build(t)
  const { store, clock } = worlds.default
  const ran: string[] = []
  const handlers: Record<string, TimerHandler> = {
    'asset.poll': (tx, subject) => {
      ran.push(subject)
      tx.trail.note('clock', {}, `did ${subject}`)
      if (subject === 'worst') throw new Error('that cannot be')
    }
  }
  const engine = new Engine(store, clock, handlers)
  const at = clock.now() + 1000
  const set = (...subjects: string[]): void => { store.write(tx => { for (const subject of subjects) tx.timers.schedule(at, 'asset.poll' satisfies TimerKind, subject) }) }
  const done = (): string[] => store.read(tx => tx.timeline.list(null, 100).map(({ says }) => says).filter(says => says.startsWith('did')).reverse())
  let commits = 0
  store.onCommit(() => { commits++ })

  set('a', 'b', 'c')
  commits = 0
  t.equal(await engine.runUntil(at, () => {}, () => undefined), 3)
  t.equal(commits, 2, 'one for the three, and one for the moment that was gone to')
  t.same(done(), ['did a', 'did b', 'did c'])

  set('d', 'worst', 'e')
  await t.rejects(engine.runUntil(at, () => {}, () => undefined), { message: 'timer asset.poll of worst failed', cause: { message: 'that cannot be' } })
  t.same(done().slice(3), ['did d'], 'what came before it stands, and of itself nothing does')
  t.equal(await engine.runUntil(at, () => {}, () => undefined), 1, 'and it does not come again')
  t.same(done().slice(3), ['did d', 'did e'])
  t.equal(engine.handled, 6)
})
