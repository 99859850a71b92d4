import { type Texts } from './en-US.ts'
import { texts as dutch } from './nl-NL.ts'

export const texts: Texts = {
  ...dutch,
  footer: 'Een simulatie van mock-enode. Niets hier bereikt een echt merk, account of toestel.',
  intro: { ...dutch.intro, title: 'Verbind je toestellen', lead: 'Een app wil verbinding maken met je toestellen, thuis en onderweg.' },
  review: {
    ...dutch.review,
    lead: brand => `Als je doorgaat, mag de app het volgende met je toestellen van ${brand}.`,
    types: { ...dutch.review.types, vehicle: 'Wagen' },
    examples: {
      ...dutch.review.examples,
      'vehicle:read:data': 'Je ziet in de app hoe ver de wagen nog komt.',
      'vehicle:read:location': 'De app weet of de wagen thuis staat.',
      'vehicle:control:charging': 'De wagen laadt ’s nachts, als stroom goedkoop is.',
      'charger:read:data': 'Je ziet of er een wagen laadt, en hoe snel.',
      'charger:control:charging': 'De wagen laadt ’s nachts, als stroom goedkoop is.'
    }
  },
  signIn: {
    ...dutch.signIn,
    other: brand => `Dit is een account bij ${brand}, maar niet het account waarmee je toestellen zijn verbonden. Log met dat account in. Ga terug naar de app en begin opnieuw om een ander account te verbinden.`
  },
  devices: {
    ...dutch.devices,
    title: count => count === 0 ? 'Geen toestellen gevonden' : count === 1 ? 'Toestel gevonden' : 'Toestellen gevonden',
    lead: (count, brand) => `We hebben ${count === 1 ? 'dit toestel' : 'deze toestellen'} gevonden in je account bij ${brand}.`
  },
  success: { ...dutch.success, lead: (count, brand) => `De app kan ${count === 1 ? 'je toestel' : 'je toestellen'} van ${brand} nu gebruiken.` },
  trouble: { ...dutch.trouble, used: ['Deze link is al gebruikt', 'Een link verbindt toestellen één keer. Ga terug naar de app en begin opnieuw om er meer te verbinden.'] }
}
