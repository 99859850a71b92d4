import t from 'tap'
import { carYears, figuresOf, table } from './lives/report.ts'

/** Eighty of them; `npm run lives -- 1000` lives more, and each figure names who published what it is held against. */
t.test('years of cars that drive are like those that people publish', async t => {
  const figures = figuresOf(carYears(80))
  t.comment(`\n${table(figures)}`)
  for (const { name, value, unit, least, most, published } of figures) {
    t.ok(value >= least && value <= most, `${name}: ${value} ${unit} of ${least} to ${most}, published: ${published}`)
  }
})
