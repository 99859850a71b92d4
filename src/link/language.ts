import { catalogue, type Texts } from './texts.ts'

const fallback = 'en-US'

export interface Wording { language: string, texts: Texts }

/** The texts for a session's language; one that is not written yet reads en-US. */
export function wordingFor (language: string, acceptLanguage: string | undefined): Wording {
  const texts: Partial<Record<string, Texts>> = catalogue
  const wanted = language === 'browser' ? matchLanguage(acceptLanguage ?? '', Object.keys(catalogue)) : language
  const found = wanted === undefined ? undefined : texts[wanted]
  return found === undefined ? { language: fallback, texts: catalogue[fallback] } : { language: wanted ?? fallback, texts: found }
}

/** The language that an Accept-Language header likes best: an exact match of a tag, or else the same language elsewhere. */
export function matchLanguage (acceptLanguage: string, available: readonly string[]): string | undefined {
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
