import { type Static } from '@sinclair/typebox'
import { StringEnum } from './kit.ts'

export const interventionLanguages = [
  'en-US', 'en-GB', 'de-DE', 'fr-FR', 'es-ES', 'ja-JP', 'pt-PT', 'lv-LV', 'lt-LT', 'nl-NL', 'nl-BE', 'nb-NO', 'pl-PL', 'sv-SE',
  'da-DK', 'fi-FI', 'ro-RO'
] as const
export type InterventionLanguage = typeof interventionLanguages[number]

export const linkLanguages = ['browser', ...interventionLanguages, 'it-IT'] as const
export const LinkLanguage = StringEnum(linkLanguages, {
  $id: 'LinkLanguage',
  description: 'A language of Link UI, as a BCP 47 tag; `browser` follows the settings of the browser.'
})
export type LinkLanguage = Static<typeof LinkLanguage>
