import { Type, type Static } from '@sinclair/typebox'
import { Nullable, Timestamp } from './kit.ts'
import { Ref } from './ref.ts'
import { VendorType } from './vendors.ts'

const values = (description: string) => Type.Array(Nullable(Type.Number()), { description })

export const DeviceDay = Type.Object({
  id: Type.String(),
  type: Ref(VendorType),
  kw: values('Mean power that it drew in each bucket, in kW; below zero what it gave. Null before it was there. Of a meter, what it read: so much was drawn from the grid.'),
  levelPercent: Type.Union([values('How full its battery was at the start of each bucket, in percent. Null where that is unknown: for a vehicle, before its state was kept last, which is at midnight UTC or when it changed.'), Type.Null()]),
  roomCelsius: Type.Union([values('How warm its room was at the start of each bucket. Null before its state was kept last.'), Type.Null()])
}, { $id: 'DeviceDay', description: 'A device in the last 24 hours of its home.' })
export type DeviceDay = Static<typeof DeviceDay>

export const HomeDay = Type.Object({
  from: Timestamp('Start of the first bucket.'),
  to: Timestamp('Now; the last bucket ends here.'),
  bucketMinutes: Type.Integer({ description: 'Length of a bucket.' }),
  timezone: Type.String({ description: 'IANA time zone of the home.' }),
  recordedFrom: Timestamp('Since when anything of this home is recorded.'),
  houseKw: Type.Array(Type.Number(), { description: 'What people there used besides the devices, in kW.' }),
  gridKw: values('What the home drew from the grid, in kW; below zero what it gave. Null before it was recorded.'),
  outdoorCelsius: Type.Array(Type.Number(), { description: 'How warm it was outdoors.' }),
  devices: Type.Array(Ref(DeviceDay))
}, { $id: 'HomeDay', description: 'The last 24 hours of a home, a value for each bucket. In every bucket grid = house + all devices but meters.' })
export type HomeDay = Static<typeof HomeDay>
