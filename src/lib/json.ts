/** JSON text, with the type of what it holds. Any text can be taken for one, so whoever writes it needs no cast. */
export type Json<T> = string & { readonly holds?: T }

/** What a text holds, as its type says: for what this program wrote itself, such as the columns of a row. */
export function fromJson<T> (text: Json<T>): T {
  return JSON.parse(text) as T
}
