import { Type } from '@sinclair/typebox'
import { Uuid } from '../../contract/kit.ts'
import { Ref } from '../../contract/ref.ts'
import { SmartChargingPlan, SmartChargingPolicy, SmartChargingStatus, SmartOverride, UpdateSmartChargingPolicyBody } from '../../contract/smart-charging.ts'
import { createSmartOverride, endSmartOverride } from '../../domain/control/override.ts'
import { updatePolicy } from '../../domain/control/policy.ts'
import { findPlan, smartChargingStatus } from '../../domain/control/smart-charging/status.ts'
import { findAsset } from '../../domain/sight/find.ts'
import { showPolicy } from '../../domain/sight/policy.ts'
import type { App } from '../../lib/fastify.ts'
import { problems, VehicleParams } from './schemas.ts'

const tags = ['Vehicles']
const PlanParams = Type.Object({
  ...VehicleParams.properties,
  smartChargingPlanId: Type.Union([Uuid('Id of the plan.'), Type.Literal('latest')], { description: 'Id of the plan, or `latest`.' })
})

export async function smartChargingRoutes (app: App): Promise<void> {
  app.get('/vehicles/:vehicleId/smart-charging-plans/:smartChargingPlanId', {
    schema: {
      operationId: 'getSmartChargingPlan',
      summary: 'Get smart charging plan',
      description: 'A plan of smart charging, or the latest one.',
      tags,
      params: PlanParams,
      response: { 200: Ref(SmartChargingPlan), ...problems(400, 401, 404) }
    }
  }, request => request.store.read(tx =>
    findPlan(tx, findAsset(tx, 'vehicle', request.params.vehicleId), request.params.smartChargingPlanId)))

  app.get('/vehicles/:vehicleId/smart-charging-policy', {
    schema: {
      operationId: 'getSmartChargingPolicy',
      summary: 'Get vehicle smart charging policy',
      description: 'What smart charging of the vehicle shall achieve.',
      tags,
      params: VehicleParams,
      response: { 200: Ref(SmartChargingPolicy), ...problems(400, 401, 404) }
    }
  }, request => request.store.read(tx => showPolicy(tx.smartCharging.get(findAsset(tx, 'vehicle', request.params.vehicleId).id))))

  app.put('/vehicles/:vehicleId/smart-charging-policy', {
    schema: {
      operationId: 'updateSmartChargingPolicy',
      summary: 'Update vehicle smart charging policy',
      description: 'Changes the policy. Enabling needs a deadline, a location, prices, the control scope, and no other user who does the same for this car.',
      tags,
      params: VehicleParams,
      body: Ref(UpdateSmartChargingPolicyBody),
      response: { 200: Ref(SmartChargingPolicy), ...problems(400, 401, 404) }
    }
  }, request => request.store.write(tx => updatePolicy(tx, findAsset(tx, 'vehicle', request.params.vehicleId), request.body)))

  app.post('/vehicles/:vehicleId/smart-override', {
    schema: {
      operationId: 'createSmartOverride',
      summary: 'Create smart override',
      description: 'Charges at once whatever a plan or schedule says, until charging stops or the override is ended.',
      tags,
      params: VehicleParams,
      response: { 200: Ref(SmartOverride), ...problems(400, 401, 403, 404) }
    }
  }, request => request.store.write(tx => createSmartOverride(tx, findAsset(tx, 'vehicle', request.params.vehicleId))))

  app.delete('/vehicles/:vehicleId/smart-override', {
    schema: {
      operationId: 'endSmartOverride',
      summary: 'End smart override',
      description: 'Hands the vehicle back to its plan or schedule.',
      tags,
      params: VehicleParams,
      response: { 200: Ref(SmartOverride), ...problems(400, 401, 404) }
    }
  }, request => request.store.write(tx => endSmartOverride(tx, findAsset(tx, 'vehicle', request.params.vehicleId))))

  app.get('/vehicles/:vehicleId/smart-charging-status', {
    schema: {
      operationId: 'getSmartChargingStatus',
      summary: 'Get vehicle smart charging status',
      description: 'What smart charging does with the vehicle at the moment.',
      tags,
      params: VehicleParams,
      response: { 200: Ref(SmartChargingStatus), ...problems(400, 401, 404) }
    }
  }, request => request.store.read(tx => smartChargingStatus(tx, findAsset(tx, 'vehicle', request.params.vehicleId))))
}
