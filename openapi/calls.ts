/** What is filled into an operation. */
export interface Call { path: Record<string, string>, query: Record<string, string | number>, body?: unknown }

/** Ids of what the fixture `demo` holds: they follow from its seed and not from the time. */
export interface Demo {
  tesla: string
  /** The car under smart charging. */
  kia: string
  /** The car whose credentials no longer work. */
  renault: string
  charger: string
  hvac: string
  inverter: string
  battery: string
  meter: string
  hemSystem: string
  /** Locations of user-madrid. */
  home: string
  office: string
  /** The location of user-paris. */
  paris: string
  schedules: readonly [string, string]
  webhooks: readonly [string, string]
}

/** The moment of the examples, and one in the night that follows. */
export const start = '2026-03-10T08:00:00Z'
const tonight = '2026-03-10T23:00:00.000Z'

/**
 * What the examples fill into each operation. All of it works on a fresh `demo`, in any order but for what takes
 * something away; an action, and the end of an override, need the command that begins it. `made` are the answers so far.
 */
export function callOf (operationId: string, demo: Demo, made: Record<string, any>): Call {
  const more: { path?: Record<string, string>, query?: Record<string, string | number>, body?: unknown } = special(demo, made)[operationId] ?? {}
  return { path: { ...paths(demo), ...more.path }, query: { ...queries(demo), ...more.query }, body: more.body }
}

const paths = (demo: Demo): Record<string, string> => ({
  userId: 'user-madrid',
  vehicleId: demo.tesla,
  chargerId: demo.charger,
  hvacId: demo.hvac,
  inverterId: demo.inverter,
  batteryId: demo.battery,
  meterId: demo.meter,
  hemSystemId: demo.hemSystem,
  assetId: demo.renault,
  locationId: demo.home,
  scheduleId: demo.schedules[0],
  webhookId: demo.webhooks[0],
  tariffId: 'day-and-night',
  interventionId: '3b2891a9-5dcf-4691-b850-b5ea36b57c2e',
  smartChargingPlanId: 'latest'
})

const queries = (demo: Demo): Record<string, string | number> => ({
  pageSize: 50,
  year: 2026,
  month: 2,
  day: 14,
  interval: '2026-02',
  language: 'en-US',
  vendor: 'TESLA',
  vendorType: 'vehicle',
  startDate: '2026-03-10T00:00:00.000Z',
  endDate: '2026-03-11T00:00:00.000Z',
  type: 'vehicle',
  id: demo.kia,
  locationId: demo.paris,
  resolution: 'HOUR',
  utcOffset: '1',
  assetTypes: 'battery,meter'
})

const place = { name: 'Flat', latitude: 40.4233, longitude: -3.6921, timezoneName: 'Europe/Madrid' }
const session = { language: 'en-US', redirectUri: 'https://example.com/linked', colorScheme: 'system' }
const rules = [
  { weekdays: [0, 1, 2, 3, 4], hourMinute: { from: '22:00', to: '06:00' }, shouldCharge: true },
  { fromTimestamp: '2026-03-14T10:00:00.000Z', toTimestamp: '2026-03-14T12:00:00.000Z', shouldCharge: true }
]

function special (demo: Demo, made: Record<string, any>): Record<string, Partial<Call>> {
  const paris = { path: { userId: 'user-paris' } }
  const smart = { path: { vehicleId: demo.kia } }
  const action = (command: string): Partial<Call> => ({ path: { actionId: made[command]?.id } })
  const schedule = { targetId: demo.charger, targetType: 'charger', locationId: demo.home, isEnabled: true, defaultShouldCharge: false, rules }
  return {
    listUserVehicles: { path: { userId: 'user-oslo' } },
    controlVehicleCharging: { body: { action: 'START' } },
    setVehicleMaxCurrent: { body: { maxCurrent: 10 } },
    getVehicleAction: action('setVehicleMaxCurrent'),
    cancelVehicleAction: action('setVehicleMaxCurrent'),
    getSmartChargingPlan: smart,
    getSmartChargingPolicy: smart,
    updateSmartChargingPolicy: { ...smart, body: { isEnabled: true, deadline: '07:30', minimumChargeLimit: 80 } },
    createSmartOverride: smart,
    endSmartOverride: smart,
    getSmartChargingStatus: smart,
    setChargerLocation: { body: { locationId: demo.home } },
    controlChargerCharging: { body: { action: 'START' } },
    setChargerMaxCurrent: { body: { maxCurrent: 16 } },
    setChargerChargeRateLimit: { body: { chargeRateLimit: 7.4 } },
    getChargerAction: action('setChargerChargeRateLimit'),
    cancelChargerAction: action('setChargerChargeRateLimit'),
    setHVACLocation: { body: { locationId: demo.home } },
    setHVACPermanentHold: { body: { mode: 'HEAT', heatSetpoint: 22.5 } },
    getHVACAction: action('followHVACSchedule'),
    cancelHVACAction: action('followHVACSchedule'),
    setBatteryOperationMode: { body: { operationMode: 'IMPORT_FOCUS' } },
    getBatteryAction: action('setBatteryOperationMode'),
    cancelBatteryAction: action('setBatteryOperationMode'),
    createLocation: { body: { name: 'Cabin', latitude: 40.7909, longitude: -4.0137, timezoneName: 'Europe/Madrid' } },
    deleteLocation: { path: { locationId: demo.office } },
    updateLocation: { body: place },
    putTariff: { body: [{ name: 'day', cost: '0.24' }, { name: 'night', cost: '0.11' }] },
    linkTariff: {
      body: {
        tariffId: 'day-and-night',
        tariffIntervals: [{ name: 'night', from: '22:00', to: '08:00' }, { name: 'day', weekdays: [0, 1, 2, 3, 4], from: '08:00', to: '22:00' }, { name: 'night', weekdays: [5, 6], from: '08:00', to: '22:00' }]
      }
    },
    createSchedule: { body: schedule },
    updateSchedule: { body: { ...schedule, isEnabled: false, rules: [{ hourMinute: { from: '00:00', to: '05:00' }, shouldCharge: true }, { fromTimestamp: tonight, shouldCharge: false }] } },
    deleteSchedule: { path: { scheduleId: demo.schedules[1] } },
    listChargingSessions: paris,
    getChargingStatistics: paris,
    unlinkUser: { path: { userId: 'user-berlin' } },
    disconnectVendor: { path: { userId: 'user-oslo', vendor: 'VOLKSWAGEN' } },
    disconnectVendorType: { path: { vendor: 'WALLBOX', vendorType: 'charger' } },
    linkUser: { path: { userId: 'user-oslo' }, body: { vendor: 'TESLA', vendorType: 'vehicle', scopes: ['vehicle:read:data', 'vehicle:read:location', 'vehicle:control:charging'], ...session } },
    relinkUser: { body: session },
    deauthorizeUser: { path: { userId: 'user-oslo' } },
    createWebhook: {
      body: {
        url: 'http://localhost:4000/cars',
        secret: 'a secret that nobody else knows',
        events: ['user:vehicle:discovered', 'user:vehicle:updated', 'user:vehicle:deleted'],
        apiVersion: '2024-10-01',
        authentication: { headerName: 'x-receiver-key', headerValue: 'a key that the receiver knows' }
      }
    },
    updateWebhook: { body: { url: 'http://localhost:4000/', secret: 'a new secret', events: ['*'], apiVersion: '2024-10-01', authentication: { headerName: 'x-receiver-key', headerValue: 'a new key' } } },
    deleteWebhook: { path: { webhookId: demo.webhooks[1] } }
  }
}
