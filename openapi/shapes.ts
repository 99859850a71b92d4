/** What these programs need to know of an OpenAPI document. */
export type Schema = Record<string, any>
export interface Parameter { name: string, in: 'path' | 'query' | 'header', required?: boolean, schema: Schema, example?: unknown }
export interface Media { schema?: Schema, example?: unknown }
export interface Answer { description?: string, headers?: Record<string, { example?: unknown }>, content?: Record<string, Media> }
export interface Operation {
  operationId: string
  tags?: string[]
  parameters?: Parameter[]
  requestBody?: { content: Record<string, Media> }
  responses: Record<string, Answer>
}
export interface Document {
  tags?: Array<{ name: string }>
  paths: Record<string, Record<string, Operation>>
  webhooks: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}
