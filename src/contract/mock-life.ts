import { Type, type Static } from '@sinclair/typebox'
import { Closed, ClockTime, Nullable, StringEnum, Timestamp, Weekday } from './kit.ts'
import { Ref } from './ref.ts'

/** Ready lives; `still` is that of a home in which nobody moves anything. */
export const lifeNames = ['still', 'commuter', 'home-office', 'two-cars', 'night-shift', 'retired', 'long-distance', 'holiday-home', 'forgetful'] as const
export type LifeName = typeof lifeNames[number]

/** When a driver plugs in at home. */
export const plugHabits = ['always', 'below', 'forgetful', 'never'] as const

const clock = (description: string) => Type.Optional(ClockTime(description))
const number = (minimum: number, maximum: number, description: string) => Type.Optional(Type.Number({ minimum, maximum, description }))

export const DriverWish = Closed({
  workdays: Type.Optional(Type.Array(Weekday, { maxItems: 7, uniqueItems: true, description: 'Days on which the driver goes to work.' })),
  leavesAt: clock('When the driver leaves for work, on average.'),
  backAt: clock('When the driver leaves work for home, on average; before `leavesAt` it is on the next day.'),
  commuteKm: number(0, 300, 'Kilometres to work by road, one way.'),
  atHomeShare: number(0, 1, 'Share of the workdays on which the driver stays at home all day.'),
  chargesAtWork: number(0, 1, 'Share of the days at work on which the car is plugged in there.'),
  errandsPerWeek: number(0, 21, 'Outings in a week besides work: shopping, sport, visits.'),
  errandKm: number(0.5, 100, 'Kilometres of such an outing by road, one way, on average.'),
  weekendShare: number(0, 1, 'Share of the Saturdays and Sundays on which the driver goes somewhere by car.'),
  weekendKm: number(0, 500, 'Kilometres of an outing at the weekend by road, one way, on average.'),
  longTripsPerYear: number(0, 52, 'Long trips in a year, holidays not counted; of a `holiday-home`, the weekends that are spent there.'),
  longTripKm: number(50, 1500, 'Kilometres of a long trip by road, one way, on average; of a `holiday-home`, the way to town.'),
  plugsIn: Type.Optional(StringEnum(plugHabits, { description: 'When the driver plugs in on coming home: `always`, `below` a level, now and then (`forgetful`), or `never`.' })),
  plugsInBelow: number(1, 100, 'Level of the battery in percent below which the driver plugs in, with `below`. Left out, it is drawn anew each time, around a usual one.'),
  chargesFrom: Type.Optional(Nullable(ClockTime('When the own timer of the car lets it begin to charge after it was plugged in at home; null where that is at once.')))
}, { $id: 'DriverWish', description: 'How a car is used. What is left out is as the life has it, drawn by the seed where it differs from home to home.' })
export type DriverWish = Static<typeof DriverWish>

export const LifeWish = Closed({
  name: StringEnum(lifeNames, { description: 'The ready life to begin with. `still`: nobody drives, plugs in or leaves.' }),
  persons: Type.Optional(Type.Integer({ minimum: 1, maximum: 10, description: 'How many live there.' })),
  holidayWeeks: number(0, 26, 'Weeks in a year in which all of them are away; of a `holiday-home`, those that they spend there.'),
  houseKwh: number(200, 50_000, 'Electricity that the house uses in a year, in kWh: without cars, heating, cooling and hot water.'),
  hotWaterLitres: number(0, 200, 'Hot water for each person and day, in litres at 45 °C.'),
  hotWaterBy: Type.Optional(StringEnum(['electricity', 'heat pump', 'other'], { description: 'What heats the water. `other`, such as gas, draws no electricity.' })),
  comfortC: number(10, 30, 'How warm they have it while somebody is at home, in degrees Celsius, where a heater follows a schedule of its own.'),
  setbackC: number(5, 30, 'How warm it is kept while nobody is at home and at night.'),
  drivers: Type.Optional(Type.Array(Ref(DriverWish), { maxItems: 20, description: 'How the cars are used, the first made first. A car past the end of the list stands still.' }))
}, { $id: 'LifeWish', description: 'How people live at a home. What is left out is as the named life has it, drawn by the seed where it differs from home to home.' })
export type LifeWish = Static<typeof LifeWish>

/** A life in a fixture or a request: a name is enough. */
export const LifeChoice = Type.Union([StringEnum(lifeNames), Ref(LifeWish)], { $id: 'LifeChoice', description: 'How people live at a home: the name of a ready life, or one with figures of one\'s own.' })
export type LifeChoice = Static<typeof LifeChoice>

const Position = Closed({
  latitude: Type.Number({ minimum: -90, maximum: 90, description: 'Degrees north.' }),
  longitude: Type.Number({ minimum: -180, maximum: 180, description: 'Degrees east.' })
}, { description: 'A position.' })

export const TripWish = Closed({
  at: Type.Optional(Timestamp('When it leaves; now if left out. A car that is under way then leaves once it has arrived.')),
  to: Type.Optional(Position),
  km: Type.Optional(Type.Number({ minimum: 0.1, maximum: 3000, description: 'In place of `to`: how far it goes by road.' })),
  bearing: Type.Optional(Type.Number({ minimum: 0, maximum: 360, description: 'With `km`: in which direction, in degrees clockwise from north; 90 if left out.' })),
  stay: Type.Optional(Nullable(Type.String({ maxLength: 100, description: 'How long it stays there before it drives home, as an ISO 8601 duration; PT1H if left out. Null: it stays until something else moves it.' }))),
  plugsIn: Type.Optional(Type.Boolean({ description: 'Whether it is plugged in there, at an AC charging point that this world does not know.' }))
}, { $id: 'TripWish', description: 'A trip that a car is sent on, there and back. Say `to` or `km`.' })
export type TripWish = Static<typeof TripWish>

const purpose = StringEnum(['work', 'errand', 'leisure', 'long', 'holiday', 'home'], { description: 'What it is for; `errand` also where it was sent.' })

export const TripView = Type.Object({
  purpose,
  departedAt: Timestamp('When it left.'),
  arrivedAt: Nullable(Timestamp('When it arrived; null while it is under way.')),
  from: Position,
  to: Position,
  km: Type.Number({ description: 'Kilometres by road, all the way.' }),
  kwh: Type.Number({ description: 'What it used, up to now, in kWh.' }),
  chargedKwh: Type.Number({ description: 'What fast chargers along the way put into the battery, up to now, in kWh.' }),
  startPercent: Type.Number({ description: 'Level of the battery at departure.' }),
  endPercent: Type.Number({ description: 'Level of the battery on arrival, or now.' })
}, { $id: 'TripView', description: 'A trip of a car.' })
export type TripView = Static<typeof TripView>

export const TripsView = Type.Object({
  trips: Type.Array(Ref(TripView), { description: 'Those that ended in the period, the earliest first, and the one that it is on.' }),
  next: Nullable(Type.Object({ purpose, at: Timestamp('When it leaves.'), to: Position }, { description: 'What is planned next, by its life or because it was sent; null where nothing is.' })),
  isHeld: Type.Boolean({ description: 'Whether a PATCH has taken the wheel: its life does not move it until `POST /_mock/devices/{id}/resume`.' })
}, { $id: 'TripsView', description: 'Where a car drove, and where it goes next.' })
export type TripsView = Static<typeof TripsView>

export const LifeView = Type.Object({
  given: Nullable(Ref(LifeWish)),
  figures: Type.Required(LifeWish, { description: 'Every figure: as given or, where it was left out, as drawn for this home.' }),
  devices: Type.Array(Type.String(), { description: 'Ids of the devices at the home, the oldest first.' })
}, { $id: 'LifeView', description: 'How people live at the home of a device. `given` is null where nobody told: the house uses electricity, and nobody moves anything.' })
export type LifeView = Static<typeof LifeView>

export const lifeComponents = [DriverWish, LifeWish, LifeChoice, TripWish]
export const lifeAnswers = [TripView, TripsView, LifeView]
