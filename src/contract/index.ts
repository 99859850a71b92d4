import type { TSchema } from '@sinclair/typebox'
import * as action from './action.ts'
import * as battery from './battery.ts'
import * as charger from './charger.ts'
import * as charging from './charging.ts'
import * as common from './common.ts'
import * as eventParts from './events.ts'
import * as health from './health.ts'
import * as hemSystem from './hem-system.ts'
import * as hvac from './hvac.ts'
import * as intervention from './intervention.ts'
import * as inverter from './inverter.ts'
import * as languages from './languages.ts'
import * as link from './link.ts'
import * as location from './location.ts'
import * as meter from './meter.ts'
import * as pagination from './pagination.ts'
import * as problem from './problem.ts'
import * as schedule from './schedule.ts'
import * as scopes from './scopes.ts'
import * as smartCharging from './smart-charging.ts'
import * as statistics from './statistics.ts'
import * as tariff from './tariff.ts'
import * as user from './user.ts'
import * as vehicle from './vehicle.ts'
import * as vendors from './vendors.ts'
import * as webhook from './webhook.ts'

const modules = [
  vendors, scopes, languages, common, problem, pagination, vehicle, charger, hvac, battery, inverter, meter, hemSystem, charging, action,
  intervention, location, tariff, schedule, smartCharging, statistics, user, link, health, webhook, eventParts, eventParts.events
]

function isNamed (value: unknown): value is TSchema & { $id: string } {
  return typeof value === 'object' && value !== null && '$id' in value
}

/** Every schema that has a name; collected from the modules, so that none is forgotten. */
export const components = modules.flatMap(module => Object.values<unknown>(module).filter(isNamed))
