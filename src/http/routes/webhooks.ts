import type { FastifyRequest } from 'fastify'
import { Type } from '@sinclair/typebox'
import { Uuid } from '../../contract/kit.ts'
import { Ref } from '../../contract/ref.ts'
import { CreateWebhookBody, PaginatedWebhookList, UpdateWebhookBody, Webhook, WebhookTestResult } from '../../contract/webhook.ts'
import { createWebhook, deleteWebhook, findWebhook, listWebhooks, prepareTest, showWebhook, updateWebhook } from '../../domain/tell/webhooks.ts'
import type { App } from '../../lib/fastify.ts'
import { problems } from './schemas.ts'
import { deleteRoute, getRoute, listRoute, type Section } from './section-routes.ts'

const tags = ['Webhooks']
const WebhookParams = Type.Object({ webhookId: Uuid('Id of the webhook.') })

const webhooks = {
  tags,
  idName: 'webhookId',
  id: WebhookParams.properties.webhookId,
  item: Webhook,
  list: PaginatedWebhookList,
  page: listWebhooks,
  show: (tx, id) => showWebhook(findWebhook(tx, id))
} satisfies Section

export async function webhookRoutes (app: App): Promise<void> {
  app.post('/webhooks', {
    schema: {
      operationId: 'createWebhook',
      summary: 'Create webhook',
      description: 'Creates a webhook. Its URL and version together are unique.',
      tags,
      body: Ref(CreateWebhookBody),
      response: { 200: Ref(Webhook), ...problems(400, 401) }
    }
  }, request => request.store.write(tx => createWebhook(tx, request.body, app.baseUrl(request))))

  listRoute(app, '/webhooks', webhooks, {
    operationId: 'listWebhooks',
    summary: 'List webhooks',
    description: 'Every webhook of the client, newest first.'
  })

  app.patch('/webhooks/:webhookId', {
    schema: {
      operationId: 'updateWebhook',
      summary: 'Update webhook',
      description: 'Changes the fields that are given, and makes the webhook active again.',
      tags,
      params: WebhookParams,
      body: Ref(UpdateWebhookBody),
      response: { 200: Ref(Webhook), ...problems(400, 401, 404) }
    }
  }, request => request.store.write(tx => updateWebhook(tx, request.params.webhookId, request.body, app.baseUrl(request))))

  getRoute(app, '/webhooks/:webhookId', webhooks, {
    operationId: 'getWebhook',
    summary: 'Get webhook',
    description: 'A webhook, without its secret.'
  })

  deleteRoute(app, '/webhooks/:webhookId', webhooks, {
    operationId: 'deleteWebhook',
    summary: 'Delete webhook',
    description: 'Deletes a webhook and what it had still to deliver.'
  }, 'The webhook is deleted.', deleteWebhook)

  app.post('/webhooks/:webhookId/test', {
    schema: {
      operationId: 'testWebhook',
      summary: 'Test webhook',
      description: 'Delivers a test event at once and answers what came of it. Success makes the webhook active again.',
      tags,
      params: WebhookParams,
      response: { 200: Ref(WebhookTestResult), ...problems(400, 401, 404) }
    }
  }, async request => await testWebhook(request, request.params.webhookId))
}

/** Sends a test event at once and says what came of it. */
async function testWebhook ({ world, store }: Pick<FastifyRequest, 'world' | 'store'>, webhookId: string): Promise<WebhookTestResult> {
  const delivery = store.write(tx => prepareTest(tx, webhookId))
  const outcome = await world.dispatcher.sendNow(delivery)
  if (outcome.status === null) return { status: 'FAILURE', description: `The webhook could not be reached: ${outcome.error}`, response: null }
  const response = { code: outcome.status, body: outcome.body, headers: outcome.headers }
  if (outcome.status >= 200 && outcome.status < 300) return { status: 'SUCCESS', description: 'The webhook received the event.', response }
  return { status: 'FAILURE', description: `The webhook answered ${outcome.status} instead of a 2xx.`, response }
}
