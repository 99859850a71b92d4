import { type InterventionLanguage } from '../../../contract/languages.ts'
import { daDK } from './da-dk.ts'
import { deDE } from './de-de.ts'
import { enGB } from './en-gb.ts'
import { enUS } from './en-us.ts'
import { esES } from './es-es.ts'
import { fiFI } from './fi-fi.ts'
import { frFR } from './fr-fr.ts'
import { jaJP } from './ja-jp.ts'
import { ltLT } from './lt-lt.ts'
import { lvLV } from './lv-lv.ts'
import { nbNO } from './nb-no.ts'
import { nlBE } from './nl-be.ts'
import { nlNL } from './nl-nl.ts'
import { plPL } from './pl-pl.ts'
import { ptPT } from './pt-pt.ts'
import { roRO } from './ro-ro.ts'
import { svSE } from './sv-se.ts'
import { type Texts } from './texts.ts'

const textsByLanguage: Readonly<Record<InterventionLanguage, Texts>> = {
  'en-US': enUS,
  'en-GB': enGB,
  'de-DE': deDE,
  'fr-FR': frFR,
  'es-ES': esES,
  'ja-JP': jaJP,
  'pt-PT': ptPT,
  'lv-LV': lvLV,
  'lt-LT': ltLT,
  'nl-NL': nlNL,
  'nl-BE': nlBE,
  'nb-NO': nbNO,
  'pl-PL': plPL,
  'sv-SE': svSE,
  'da-DK': daDK,
  'fi-FI': fiFI,
  'ro-RO': roRO
}

/** The texts of a language, or those of en-US. */
export function textsIn (language = 'en-US'): Texts {
  return Object.hasOwn(textsByLanguage, language) ? textsByLanguage[language as InterventionLanguage] : enUS
}
