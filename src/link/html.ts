/** A piece of markup that is safe to send: its own text is ours, and what was put into it is escaped. */
export class Html {
  readonly text: string

  constructor (text: string) {
    this.text = text
  }
}

export type Piece = string | number | Html | readonly Html[]

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Escapes everything that is put in, unless it is markup itself. Attribute values need quotes around them. */
export function html (strings: TemplateStringsArray, ...pieces: Piece[]): Html {
  return new Html(strings.map((text, i) => text + (i < pieces.length ? printed(pieces[i] ?? '') : '')).join(''))
}

function printed (piece: Piece): string {
  if (piece instanceof Html) return piece.text
  if (typeof piece === 'object') return piece.map(printed).join('')
  return String(piece).replaceAll(/[&<>"']/g, letter => entities[letter] ?? '')
}
