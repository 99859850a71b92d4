import { type KindName } from '../kinds.ts'

/** A title and the steps to take, in order. `{brand}` and `{app}` stand for names, in places where a language does not inflect them. */
export type Texts = Readonly<Record<KindName, readonly [title: string, ...steps: [string, string, ...string[]]]>>
