import t from 'tap'
import { lifeNames } from '../../src/contract/mock-life.ts'
import { lifeOf, nextOuting } from '../../src/devices/life/index.ts'
import { yearlyKm } from '../../src/devices/life/yearly-km.ts'
import { placeAt, type Place } from '../../src/devices/place.ts'
import { day } from '../../src/lib/time.ts'

const from = Date.UTC(2025, 0)

/** What a driver plans for a year, out and back. */
function plannedKm (home: Place, driver: number): number {
  let km = 0
  for (let outing = nextOuting(home, driver, from); outing !== undefined && outing.leaveAt < from + 365 * day; outing = nextOuting(home, driver, outing.leaveAt)) km += 2 * outing.km
  return km
}

t.test('the kilometres of a year that follow from figures are about those that are planned', t => {
  // Of the car of a holiday home, what it drives in town is planned by nobody.
  for (const name of lifeNames.filter(each => each !== 'still' && each !== 'holiday-home')) {
    let [planned, estimated] = [0, 0]
    for (let i = 0; i < 6; i++) {
      const home = placeAt({ latitude: 52.09 + i / 100, longitude: 5.12, seed: 1, life: { name } })
      for (const [index, driver] of lifeOf(home).drivers.entries()) {
        planned += plannedKm(home, index)
        estimated += yearlyKm(driver)
      }
    }
    t.ok(planned / estimated > 0.9 && planned / estimated < 1.2, `${name}: ${planned} km are planned, and ${estimated} estimated`)
  }
  t.end()
})

t.test('the kilometres of a year are the sum of all that the figures say', t => {
  const home = placeAt({ latitude: 52.09, longitude: 5.12, seed: 1, life: { name: 'commuter', drivers: [{ workdays: [0, 1, 2, 3], atHomeShare: 0.25, commuteKm: 20, errandsPerWeek: 0, weekendShare: 0, longTripsPerYear: 0 }] } })
  const driver = lifeOf(home).drivers[0]
  t.ok(driver)
  if (driver === undefined) return t.end()
  t.equal(yearlyKm(driver), 46 * 4 * 0.75 * 40)
  t.equal(yearlyKm({ ...driver, errandsPerWeek: 2, errandKm: 5 }), 46 * (120 + 20))
  t.equal(yearlyKm({ ...driver, weekendShare: 0.5, weekendKm: 30 }), 46 * (120 + 60))
  t.equal(yearlyKm({ ...driver, longTripsPerYear: 3, longTripKm: 200 }), 46 * 120 + 1200)
  t.end()
})
