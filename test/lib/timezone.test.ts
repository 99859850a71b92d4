import { Temporal } from 'temporal-polyfill'
import t from 'tap'
import { timezoneNamed } from '../../src/lib/timezone.ts'

t.test('a timezone has the name that the system lists, and others are spelled as Temporal spells them', t => {
  for (const name of Intl.supportedValuesOf('timeZone')) t.equal(timezoneNamed(name), new Temporal.ZonedDateTime(0n, name).timeZoneId)
  t.equal(timezoneNamed('europe/berlin'), 'Europe/Berlin')
  t.equal(timezoneNamed('UTC'), 'UTC')
  for (const wrong of ['', '+02:00', 'Europe/Atlantis']) t.equal(timezoneNamed(wrong), undefined)
  t.end()
})
