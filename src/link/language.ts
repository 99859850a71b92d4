import { type LinkLanguage } from '../contract/languages.ts'
import { type Texts } from './texts/en-US.ts'

export type Language = Exclude<LinkLanguage, 'browser'>

/** Each language is read when somebody first asks for it, so that the start of the server pays for none. */
const languages: Record<Language, () => Promise<{ texts: Texts }>> = {
  'en-US': async () => await import('./texts/en-US.ts'),
  'en-GB': async () => await import('./texts/en-GB.ts'),
  'de-DE': async () => await import('./texts/de-DE.ts'),
  'fr-FR': async () => await import('./texts/fr-FR.ts'),
  'es-ES': async () => await import('./texts/es-ES.ts'),
  'ja-JP': async () => await import('./texts/ja-JP.ts'),
  'pt-PT': async () => await import('./texts/pt-PT.ts'),
  'lv-LV': async () => await import('./texts/lv-LV.ts'),
  'lt-LT': async () => await import('./texts/lt-LT.ts'),
  'nl-NL': async () => await import('./texts/nl-NL.ts'),
  'nl-BE': async () => await import('./texts/nl-BE.ts'),
  'nb-NO': async () => await import('./texts/nb-NO.ts'),
  'pl-PL': async () => await import('./texts/pl-PL.ts'),
  'sv-SE': async () => await import('./texts/sv-SE.ts'),
  'da-DK': async () => await import('./texts/da-DK.ts'),
  'fi-FI': async () => await import('./texts/fi-FI.ts'),
  'ro-RO': async () => await import('./texts/ro-RO.ts'),
  'it-IT': async () => await import('./texts/it-IT.ts')
}

const available = Object.keys(languages) as Language[]

export interface Wording { language: Language, texts: Texts }

/** The texts for a session's language; `browser` follows the Accept-Language header, and what nobody speaks here reads en-US. */
export async function wordingFor (language: string, acceptLanguage = ''): Promise<Wording> {
  const found = language === 'browser' ? matchLanguage(acceptLanguage, available) : available.find(each => each === language)
  const spoken = found ?? 'en-US'
  return { language: spoken, texts: (await languages[spoken]()).texts }
}

/** The language that an Accept-Language header likes best: an exact match of a tag, or else the same language elsewhere. */
export function matchLanguage<L extends string> (acceptLanguage: string, available: readonly L[]): L | undefined {
  const wanted = acceptLanguage.slice(0, 500).toLowerCase().split(',')
    .map(part => {
      const [tag = '', ...parameters] = part.split(';').map(each => each.trim())
      const quality = Number(parameters.find(each => each.startsWith('q='))?.slice(2) ?? 1)
      return { tag, quality: Number.isNaN(quality) ? 0 : quality }
    })
    .filter(({ tag, quality }) => tag !== '' && quality > 0)
    .sort((a, b) => b.quality - a.quality)
  for (const { tag } of wanted) {
    const exact = available.find(each => each.toLowerCase() === tag)
    const near = available.find(each => primary(each) === primary(tag))
    if ((exact ?? near) !== undefined) return exact ?? near
  }
  return undefined
}

/** Norwegian is one language here, which browsers name no, nb or nn. */
function primary (tag: string): string {
  const language = tag.toLowerCase().split('-')[0] ?? ''
  return language === 'no' || language === 'nn' ? 'nb' : language
}
