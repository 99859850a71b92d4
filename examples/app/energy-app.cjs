'use strict'
// CommonJS, so that each of the examples can load it, Jest's too.
const { createHmac, timingSafeEqual } = require('node:crypto')
const { once } = require('node:events')
const { createServer } = require('node:http')

const webhookSecret = 'a secret of the app and of its webhook'

/** An imaginary app that charges its users' cars and tells them how it went. It finds its servers in the environment, as in production. */
class EnergyApp {
  /** What users were told. */
  notices = []
  #settings
  #token
  #server

  constructor (settings = {}) {
    const { ENODE_API_URL, ENODE_TOKEN_URL, ENODE_CLIENT_ID, ENODE_CLIENT_SECRET } = process.env
    this.#settings = { apiUrl: ENODE_API_URL, tokenUrl: ENODE_TOKEN_URL, clientId: ENODE_CLIENT_ID, clientSecret: ENODE_CLIENT_SECRET, ...settings }
  }

  /** Receives webhooks from now on. */
  async open () {
    this.#server = createServer((request, response) => this.#receive(request, response)).listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    const url = `http://127.0.0.1:${this.#server.address().port}/webhooks/enode`
    await this.#call('/webhooks', { url, secret: webhookSecret, events: ['user:vehicle:discovered', 'user:vehicle:updated', 'user:vendor-action:updated'] })
  }

  async close () {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  /** A session in which a user links a car. */
  async link (userId) {
    return await this.#call(`/users/${userId}/link`, {
      vendorType: 'vehicle', scopes: ['vehicle:read:data', 'vehicle:control:charging'], language: 'en-US', redirectUri: 'https://app.example.com/linked'
    })
  }

  async cars (userId) {
    const { data } = await this.#call(`/users/${userId}/vehicles`)
    return data
  }

  /** Starts to charge each car of a user that has stopped. */
  async charge (userId) {
    for (const car of await this.cars(userId)) {
      if (!car.chargeState.isCharging) await this.#call(`/vehicles/${car.id}/charging`, { action: 'START' })
    }
  }

  async #call (path, body, isSecondTry = false) {
    this.#token ??= await this.#login()
    const response = await fetch(`${this.#settings.apiUrl}${path}`, {
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) })
    })
    if (response.status === 401 && !isSecondTry) {
      // A token lasts an hour.
      this.#token = undefined
      return await this.#call(path, body, true)
    }
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return await response.json()
  }

  async #login () {
    const { tokenUrl, clientId, clientSecret } = this.#settings
    const response = await fetch(tokenUrl, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' })
    })
    const { access_token: token } = await response.json()
    return token
  }

  async #receive (request, response) {
    const body = Buffer.concat(await request.toArray())
    const signature = Buffer.from(`sha1=${createHmac('sha1', webhookSecret).update(body).digest('hex')}`)
    const given = Buffer.from(request.headers['x-enode-signature'] ?? '')
    if (given.length !== signature.length || !timingSafeEqual(given, signature)) return response.writeHead(401).end()
    for (const event of JSON.parse(body)) this.#tell(event)
    response.end()
  }

  #tell ({ event, vehicle, vendorAction, updatedFields = [] }) {
    if (event === 'user:vehicle:discovered') this.notices.push(`Your ${vehicle.information.brand} is linked`)
    if (vendorAction?.state === 'FAILED' || vendorAction?.state === 'CANCELLED') this.notices.push(`Charging did not start: ${vendorAction.failureReason.detail}`)
    if (updatedFields.includes('chargeState.powerDeliveryState') && vehicle.chargeState.powerDeliveryState === 'PLUGGED_IN:COMPLETE') {
      this.notices.push(`Your ${vehicle.information.brand} is charged to ${vehicle.chargeState.batteryLevel} %`)
    }
  }
}

module.exports = { EnergyApp }
