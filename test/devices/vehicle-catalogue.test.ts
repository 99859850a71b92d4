import t from 'tap'
import { vehicleVendors } from '../../src/contract/vendors.ts'
import { catalogue } from '../../src/devices/vehicle/catalogue.ts'
import { picture } from '../../src/devices/vehicle/picture.ts'

/** The least and the most thirsty class of each body, in kWh/100 km at 20 °C: our reading of WLTP and EPA figures. Small SUVs use as little as small cars. */
const classes: Record<string, readonly [number, number]> = { city: [14, 14], hatchback: [14, 15.5], saloon: [14.5, 17.5], suv: [14, 21], van: [15.5, 25], pickup: [29, 29] }

/** SUVs that are built like pick-ups. */
const heavy = ['Wrangler 4xe', 'Grand Cherokee 4xe', 'Defender 110 P400e', 'ESCALADE IQ']

t.test('a model goes as far on its battery as others of its class, and takes DC as its battery allows', t => {
  for (const vendor of vehicleVendors) {
    for (const [name, capacityKwh, rangeKm, chargerKw, from, to, dcKw] of catalogue[vendor]) {
      const body = heavy.includes(name) ? 'pickup' : picture(vendor, name).split('-')[1] ?? ''
      const [least, most] = classes[body] ?? [NaN, NaN]
      const uses = capacityKwh / rangeKm * 100
      t.ok(Math.round(uses / least * 100) >= 75 && Math.round(uses / most * 100) <= 125, `${vendor} ${name}, ${body}: ${uses} kWh/100 km`)
      t.ok(dcKw === 0 ? capacityKwh < 20 : dcKw >= 30 && dcKw / capacityKwh > 0.7 && dcKw / capacityKwh < 3.6, `${vendor} ${name}: ${dcKw} kW of DC`)
      t.ok(chargerKw >= 3 && chargerKw <= 22 && from >= 2010 && from <= to && to <= 2026, `${vendor} ${name}: ${from} to ${to}`)
    }
  }
  t.end()
})
