import { Type, type Static } from '@sinclair/typebox'
import { Nullable, StringEnum, Timestamp } from './kit.ts'
import { TripView } from './mock-life.ts'
import { Ref } from './ref.ts'
import { VendorType } from './vendors.ts'

const values = (description: string) => Type.Array(Nullable(Type.Number()), { description })

/** Where a car can be, as its home sees it. */
export const whereabouts = ['home', 'under way', 'elsewhere'] as const
export type Whereabouts = typeof whereabouts[number]

export const DeviceDay = Type.Object({
  id: Type.String(),
  type: Ref(VendorType),
  kw: values('Mean power that it drew in each bucket, in kW; below zero what it gave. Null before it was there. Of a meter, what it read: so much was drawn from the grid.'),
  awayKw: Type.Union([values('Of a vehicle: mean power that it drew elsewhere in each bucket, in kW, which is no part of the home. Null before it was there.'), Type.Null()]),
  levelPercent: Type.Union([values('How full its battery was at the start of each bucket, in percent. Null where that is unknown: before it was there and, for a vehicle, before its state was kept last (at midnight UTC, or when it changed) unless it follows from its trips and from what it drew.'), Type.Null()]),
  whereabouts: Type.Union([Type.Array(Nullable(StringEnum(whereabouts, { description: 'Where it was.' })), { description: 'Of a vehicle: where it was at the start of each bucket. Null before it was there.' }), Type.Null()]),
  trips: Type.Union([Type.Array(Ref(TripView), { description: 'Of a vehicle: its trips that ended in these 24 hours, the earliest first, and the one that it is on.' }), Type.Null()]),
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
