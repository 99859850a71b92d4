import { Html, html, type Piece } from './html.ts'
import type { Wording } from './language.ts'
import { styles } from './styles.ts'

/** How a page of one session looks and reads. */
export interface Look extends Wording { colorScheme: string }

export interface Page {
  title: string
  /** Such as `Step 2 of 4`. */
  step?: string
  /** Where the way out in the corner leads; absent where there is none to offer. */
  exit?: string
  /** Where Back leads. */
  back?: string
  /** Whether the title of the window shall say first that something failed. */
  failed?: boolean
  content: Piece
}

const sheet = new Html(styles)
const schemes: Record<string, string> = { light: 'light', dark: 'dark' }

/** A whole document. Every page has the same frame: mark and way out, one card, the word that it is a simulation. */
export function layout ({ language, texts, colorScheme }: Look, page: Page): string {
  const scheme = schemes[colorScheme]
  return html`<!doctype html>
<html lang="${language}"${scheme === undefined ? '' : html` data-scheme="${scheme}"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="${scheme ?? 'light dark'}">
<meta name="robots" content="noindex">
<title>${page.failed === true ? `${texts.error}: ` : ''}${page.title} – mock-enode</title>
<style>${sheet}</style>
</head>
<body>
<header>
<p class="mark">mock-enode <span class="pill">${texts.sandbox}</span></p>
${page.exit === undefined ? '' : html`<a class="way" href="${page.exit}">${texts.exit}</a>`}
</header>
<main>
<div class="card">
${page.step === undefined ? '' : html`<p class="step">${page.step}</p>`}
<h1>${page.title}</h1>
${page.content}
</div>
${page.back === undefined ? '' : html`<a class="way" href="${page.back}">${texts.back}</a>`}
</main>
<footer><p>${texts.footer}</p></footer>
</body>
</html>
`.text
}
