/** JSON text, with the type of what it holds. Any text can be taken for one, so whoever writes it needs no cast. */
export type Json<T> = string & { readonly holds?: T }

/** What a text holds, as its type says: for what this program wrote itself, such as the columns of a row. */
export function fromJson<T> (text: Json<T>): T {
  return JSON.parse(text) as T
}

/** What rows hold as a text, parsed once for each: a row that was handed out never changes, and what it holds is not to be changed. */
export class Parsed<R extends object, T> {
  readonly #known = new WeakMap<R, T>()
  readonly #textOf: (row: R) => Json<T>

  constructor (textOf: (row: R) => Json<T>) {
    this.#textOf = textOf
  }

  of (row: R): T {
    let value = this.#known.get(row)
    if (value === undefined) this.#known.set(row, value = fromJson(this.#textOf(row)))
    return value
  }

  /** What the text of a row was made from. */
  put (row: R | undefined, value: T): void {
    if (row !== undefined) this.#known.set(row, value)
  }
}
