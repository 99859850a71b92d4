import { carPaints, type CarBody, type ImageId } from '../../contract/image.ts'
import { Lookup } from '../../lib/cache.ts'
import { sha256 } from '../../lib/secret.ts'

/** The models of the catalogue that are no SUVs, by their bodies. */
const models: Readonly<Record<Exclude<CarBody, 'suv'>, readonly string[]>> = {
  'city-car': ['e', 'INSTER', 'Mii electric', '500e', 'Spring 45', 'Spring 65', 'i3 120Ah', 'Cooper SE', '5 E-Tech'],
  hatchback: [
    'LEAF', 'LEAF e+', 'e-208', 'ZOE R135', 'Megane E-Tech', 'Leon e-HYBRID', 'e-Golf', 'ID.3 Pro', 'Corsa-e', 'Astra Electric', 'ë-C3', 'ë-C4',
    'Born', 'Born 77 kWh', 'Grande Panda Electric', 'Bolt EV', 'MG4 Electric', 'Ypsilon', 'Ypsilon HF', 'DOLPHIN', 'A290', 'N°4 E-TENSE'
  ],
  saloon: [
    'e-tron GT', 'i4 eDrive40', '330e', 'IONIQ 6', 'EQE 350+', 'EQS 450+', 'Taycan', 'Taycan 4S', 'Model 3 Long Range', 'Model S', 'ID.7 Pro',
    'ET5', 'ET7', 'P7', '2 Long Range', '6e', 'MG5 Electric', 'Charger Daytona', 'Air Pure', 'Air Grand Touring', 'SEAL'
  ],
  pickup: ['F-150 Lightning', 'R1T', 'Silverado EV', 'HUMMER EV Pickup', 'Sierra EV Denali', '1500 Ramcharger'],
  van: ['Proace City Electric', 'ë-Berlingo', 'Pacifica Hybrid', 'Pacifica Hybrid Pinnacle', 'ProMaster EV']
}

const bodies = new Map(Object.entries(models).flatMap(([body, names]) => names.map(name => [name, body as CarBody])))

/** The colours of cars by brand and model, which each look asks for. */
const paints = new Lookup(500, (name: string) => carPaints[sha256(name).readUInt32BE() % carPaints.length] ?? carPaints[0])

/** The image that stands for a model, in a colour that follows from its name. A model of one's own is an SUV, as most are. */
export function picture (brand: string, model: string): ImageId {
  return `vehicle-${bodies.get(model) ?? 'suv'}-${paints.of(`${brand} ${model}`)}`
}
