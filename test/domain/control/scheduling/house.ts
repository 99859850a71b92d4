import t from 'tap'
import { type Body, type Server } from '../../../helpers/build.ts'
import { receiver, secret } from '../../../helpers/receiver.ts'

export const home = { name: 'Home', latitude: 59.9139, longitude: 10.7522, timezoneName: 'Europe/Oslo' }
export const away = { latitude: 10, longitude: 10 }
export const ready = { latitude: home.latitude, longitude: home.longitude, isPluggedIn: true, isCharging: false, batteryLevel: 20, batteryCapacity: 60, chargeLimit: 80 }

export interface House { server: Server, car: string, box: string, location: string }

/** A user with a location, a car that stands there on a cable, and a charger that has a car of a guest. */
export async function house (server: Server, timezoneName = home.timezoneName): Promise<House> {
  const car = await server.car({ state: ready })
  const account = await server.mock('POST', '/accounts', { vendor: 'EASEE', userId: 'user-1', devices: [{ type: 'charger', state: { isPluggedIn: true, isCharging: false } }] })
  const location = await server.call('POST', '/users/user-1/locations', { ...home, timezoneName })
  t.equal(location.status, 200, location.text)
  return { server, car, box: String(account.body.devices[0].id), location: String(location.body.id) }
}

export const plan = ({ car, location }: House, wish: Body = {}): Body =>
  ({ targetId: car, targetType: 'vehicle', locationId: location, isEnabled: true, defaultShouldCharge: false, rules: [], ...wish })
export const boxPlan = (at: House, wish: Body = {}): Body => plan(at, { targetId: at.box, targetType: 'charger', locationId: null, ...wish })

export async function create ({ server }: House, body: Body): Promise<string> {
  const answer = await server.call('POST', '/users/user-1/schedules', body)
  t.equal(answer.status, 200, answer.text)
  return String(answer.body.id)
}

export async function put ({ server }: House, id: string, body: Body): Promise<Body> {
  const answer = await server.call('PUT', `/schedules/${id}`, body)
  t.equal(answer.status, 200, answer.text)
  return answer.body
}

export async function status ({ server }: House, id: string): Promise<Body> {
  const answer = await server.call('GET', `/schedules/${id}/status`)
  t.equal(answer.status, 200, answer.text)
  return answer.body
}

export const change = async ({ server }: House, id: string, body: Body): Promise<void> => {
  const answer = await server.mock('PATCH', `/devices/${id}`, body)
  t.equal(answer.status, 200, answer.text)
}

export async function listen ({ server }: House, events = ['user:schedule:execution-updated']): Promise<() => Body[]> {
  const hook = await receiver(t)
  t.equal((await server.call('POST', '/webhooks', { url: hook.url, secret, events })).status, 200)
  return () => hook.received.splice(0).flatMap(each => {
    t.ok(each.isSigned)
    return each.events.filter(({ event }) => event !== 'system:heartbeat')
  })
}

export const stateOf = async (at: House, id: string): Promise<string> => (await status(at, id)).state
export const actionsIn = (events: Body[]): string[] => events.filter(({ event }) => event === 'user:vendor-action:updated').map(({ vendorAction: { kind, state, failureReason } }) => `${kind} ${state}${failureReason === null ? '' : ` ${failureReason.type}`}`)
