import { Type } from '@sinclair/typebox'
import { Uuid } from '../../contract/kit.ts'
import { PageQuery } from '../../contract/pagination.ts'
import { Ref } from '../../contract/ref.ts'
import { CreateWebhookBody, PaginatedWebhookList, UpdateWebhookBody, Webhook, WebhookTestResult } from '../../contract/webhook.ts'
import type { App } from '../types.ts'
import { notBuilt, unbuilt } from './not-built.ts'
import { noContent, problems } from './schemas.ts'

const tags = ['Webhooks']
const WebhookParams = Type.Object({ webhookId: Uuid('Id of the webhook.') })

export async function webhookRoutes (app: App): Promise<void> {
  app.post('/webhooks', {
    schema: {
      operationId: 'createWebhook',
      summary: 'Create webhook',
      description: 'Creates a webhook. Its URL and version together are unique.',
      tags,
      body: Ref(CreateWebhookBody),
      response: { 200: Ref(Webhook), ...problems(400, 401), ...unbuilt }
    }
  }, notBuilt)

  app.get('/webhooks', {
    schema: {
      operationId: 'listWebhooks',
      summary: 'List webhooks',
      description: 'Every webhook of the client, newest first.',
      tags,
      querystring: PageQuery,
      response: { 200: Ref(PaginatedWebhookList), ...problems(400, 401), ...unbuilt }
    }
  }, notBuilt)

  app.patch('/webhooks/:webhookId', {
    schema: {
      operationId: 'updateWebhook',
      summary: 'Update webhook',
      description: 'Changes the fields that are given, and makes the webhook active again.',
      tags,
      params: WebhookParams,
      body: Ref(UpdateWebhookBody),
      response: { 200: Ref(Webhook), ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)

  app.get('/webhooks/:webhookId', {
    schema: {
      operationId: 'getWebhook',
      summary: 'Get webhook',
      description: 'A webhook, without its secret.',
      tags,
      params: WebhookParams,
      response: { 200: Ref(Webhook), ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)

  app.delete('/webhooks/:webhookId', {
    schema: {
      operationId: 'deleteWebhook',
      summary: 'Delete webhook',
      description: 'Deletes a webhook and what it had still to deliver.',
      tags,
      params: WebhookParams,
      response: { 204: noContent('The webhook is deleted.'), ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)

  app.post('/webhooks/:webhookId/test', {
    schema: {
      operationId: 'testWebhook',
      summary: 'Test webhook',
      description: 'Delivers a test event at once and answers what came of it. Success makes the webhook active again.',
      tags,
      params: WebhookParams,
      response: { 200: Ref(WebhookTestResult), ...problems(400, 401, 404), ...unbuilt }
    }
  }, notBuilt)
}
