import { Type, type Static } from '@sinclair/typebox'
import { ClockTime, Closed, Formed, Weekday } from './kit.ts'
import { Ref } from './ref.ts'

const tariffId = Formed('^[\\w-]+$', 'one or more letters, digits, _ and -', { maxLength: 36, description: 'Id of the tariff, chosen by the client: letters, digits, `_` and `-`.' })

export const TariffParams = Type.Object({ tariffId })
export type TariffParams = Static<typeof TariffParams>

export const TariffRate = Closed({
  name: Type.String({ description: 'Name of the rate, unique within the tariff.' }),
  cost: Formed('^[+-]?\\d{1,9}(\\.\\d{1,9})?$', 'a decimal number as a text, with at most 9 digits before the point and 9 after it, such as 0.25', {
    description: 'Price of a kWh, as a decimal string of at most 9 digits before the point and 9 after it.'
  })
}, { $id: 'TariffRate', description: 'A named price of energy.' })
export type TariffRate = Static<typeof TariffRate>

export const TariffInterval = Closed({
  name: Type.String({ description: 'Name of a rate of the tariff.' }),
  weekdays: Type.Optional(Type.Array(Weekday, { description: 'Days on which it holds; all of them unless given.' })),
  from: ClockTime('Start, inclusive, in the timezone of the location.'),
  to: ClockTime('End, exclusive, in the timezone of the location.')
}, { $id: 'TariffInterval', description: 'A part of the day at which a rate holds.' })
export type TariffInterval = Static<typeof TariffInterval>

export const LinkTariffBody = Closed({
  tariffId,
  tariffIntervals: Type.Array(Ref(TariffInterval), { description: 'Intervals without overlap; market prices hold in the gaps.' })
}, { $id: 'LinkTariffBody', description: 'Which rate of a tariff holds when at a location. It replaces what was there.' })
export type LinkTariffBody = Static<typeof LinkTariffBody>

export const TariffScheduleEntry = Type.Object({
  weekday: Type.Unsafe<number>({ type: 'integer', enum: [0, 1, 2, 3, 4, 5, 6], description: 'Day of the week, from 0 for Monday to 6 for Sunday.' }),
  fromHourMinute: Type.String({ description: 'Start, inclusive, as HH:mm in UTC.' }),
  toHourMinute: Type.String({ description: 'End, exclusive, as HH:mm in UTC.' }),
  tariffId: Type.String({ description: 'Id of the tariff.' }),
  tariffName: Type.String({ description: 'Name of the rate that holds.' })
}, { $id: 'TariffScheduleEntry', description: 'A part of a day of the week, and the rate that holds in it.' })
export type TariffScheduleEntry = Static<typeof TariffScheduleEntry>
