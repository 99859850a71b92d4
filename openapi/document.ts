import { documentedDocument } from '../src/http/openapi.ts'
import { withExamples } from './examples.ts'
import type { Document } from './shapes.ts'

/** The whole of `openapi.json`: what the routes and schemas say, with examples. */
export async function wholeDocument (): Promise<Document> {
  return await withExamples(await documentedDocument() as unknown as Document)
}
