import { type Texts } from './en-US.ts'
import { texts as dutch } from './nl-NL.ts'

export const texts: Texts = {
  ...dutch,
  intro: { ...dutch.intro, title: 'Verbind je toestellen', lead: 'Een app wil verbinding maken met je toestellen, thuis en onderweg.' },
  review: { ...dutch.review, types: { ...dutch.review.types, vehicle: 'Wagen' } },
  devices: {
    ...dutch.devices,
    title: count => count === 0 ? 'Geen toestellen gevonden' : count === 1 ? 'Toestel gevonden' : 'Toestellen gevonden',
    lead: (count, brand) => `We hebben ${count === 1 ? 'dit toestel' : 'deze toestellen'} gevonden in je account bij ${brand}.`
  },
  success: { ...dutch.success, lead: (count, brand) => `De app kan ${count === 1 ? 'je toestel' : 'je toestellen'} van ${brand} nu gebruiken.` }
}
