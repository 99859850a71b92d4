import type { TSchema } from '@sinclair/typebox'
import { invalid, invalidAll } from '../../lib/problem.ts'
import { Validation } from '../../lib/validation.ts'
import { components } from '../../contract/index.ts'
import { Battery } from '../../contract/battery.ts'
import { Charger } from '../../contract/charger.ts'
import { HVAC } from '../../contract/hvac.ts'
import { Inverter } from '../../contract/inverter.ts'
import { Meter } from '../../contract/meter.ts'
import { type FaultWish } from '../../contract/mock-faults.ts'
import { Vehicle } from '../../contract/vehicle.ts'
import { assetKinds, makes, type AssetKind } from '../../contract/vendors.ts'
import { type ReadTx } from '../../store/store.ts'

const views: Record<AssetKind, TSchema> = { vehicle: Vehicle, charger: Charger, hvac: HVAC, inverter: Inverter, battery: Battery, meter: Meter }

/** What a poll can bring nothing of, by kind: what is null at discovery, but for what Enode itself knows, as where it was told that a charger stands. */
const parts: Record<AssetKind, readonly string[]> = {
  vehicle: ['chargeState', 'odometer', 'location'],
  charger: ['chargeState'],
  hvac: ['consumptionRate', 'temperatureState', 'thermostatState'],
  inverter: ['productionState', 'timezone', 'location'],
  battery: ['chargeState', 'config', 'location'],
  meter: ['energyState', 'location']
}

/** What Enode knows by itself and takes from no vendor, and the times of reports, which say when it was told. */
const own = /^(?:id|userId|vendor|lastSeen|isReachable|scopes|capabilities|smartChargingPolicy|hemSystemId|location\.id|chargeState\.pluggedIn\w+Id)(?:\.|$)|(?:^|\.)lastUpdated$/

/** 400 where what a fault wants polls to show is nothing that every asset which it may hit can show. */
export function requireShowable (tx: ReadTx, { on, effect }: FaultWish): void {
  if (effect.missing === undefined && effect.misreport === undefined) return
  const kinds = kindsOf(tx, on)
  for (const part of effect.missing ?? []) {
    const kind = kinds.find(kind => !parts[kind].includes(part))
    if (kind !== undefined) throw invalid(`"effect.missing" can be ${parts[kind].join(', ')} of a ${kind}, not ${part.slice(0, 100)}${hint(on)}`, ['effect', 'missing'], 'any.only')
  }
  for (const [field, value] of Object.entries(effect.misreport ?? {})) for (const kind of kinds) requireValue(kind, field, value, on)
}

/** The kinds that a fault may hit. An asset that is not there yet can be of any. */
function kindsOf (tx: ReadTx, { assetId, vendor, vendorType }: FaultWish['on']): AssetKind[] {
  const known = assetId === undefined ? undefined : tx.assets.get(assetId)?.kind
  return assetKinds.filter(kind => kind === (vendorType ?? known ?? kind) && (vendor === undefined || makes(vendor, kind)))
}

function requireValue (kind: AssetKind, field: string, value: unknown, on: FaultWish['on']): void {
  const path = ['effect', 'misreport', field]
  const leaf = own.test(field) ? undefined : leafOf(views[kind], field.split('.'))
  if (leaf === undefined) {
    const fields = leavesOf(views[kind]).filter(each => !own.test(each))
    throw invalid(`"effect.misreport.${field}" is nothing that a ${kind} reports: it can be ${fields.join(', ')}${hint(on)}`, path, 'object.unknown')
  }
  const issues = new Validation(components).strict({ type: 'object', properties: { value: leaf } })({ value })
  if (issues.length === 0) return
  throw invalidAll(issues.map(({ message, type }) => ({ message: `${message.replace('"value', `"effect.misreport.${field}`)}, of a ${kind}${hint(on)}`, path, type })))
}

function hint ({ assetId, vendorType }: FaultWish['on']): string {
  return (assetId ?? vendorType) === undefined ? '; name one kind with "on.vendorType"' : ''
}

/** The schema of what stands at a path; undefined where nothing does, or more than a value. */
function leafOf (schema: TSchema, path: readonly string[]): TSchema | undefined {
  const [key, ...rest] = path
  const { properties } = resolved(schema) as { properties?: Record<string, TSchema> }
  if (key === undefined) return properties === undefined ? schema : undefined
  const next = properties !== undefined && Object.hasOwn(properties, key) ? properties[key] : undefined
  return next && leafOf(next, rest)
}

function leavesOf (schema: TSchema, path = ''): string[] {
  const { properties } = resolved(schema) as { properties?: Record<string, TSchema> }
  if (properties === undefined) return [path]
  return Object.entries(properties).flatMap(([key, next]) => leavesOf(next, path === '' ? key : `${path}.${key}`))
}

function resolved (schema: TSchema): TSchema {
  return components.find(({ $id }) => `${$id}#` === schema.$ref) ?? schema
}
