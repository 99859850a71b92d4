import t, { type Test } from 'tap'
import { type Intervention } from '../../../src/contract/intervention.ts'
import { interventionLanguages } from '../../../src/contract/languages.ts'
import { scopes as allScopes } from '../../../src/contract/scopes.ts'
import { vendorNames } from '../../../src/contract/vendor-names.ts'
import { vendorsByType, assetKinds } from '../../../src/contract/vendors.ts'
import { modelOf } from '../../../src/devices/index.ts'
import { build, type Answer, type Body, type Server } from '../../helpers/build.ts'
import { unknownId } from '../../helpers/openapi.ts'

const virtualKey = '3b2891a9-5dcf-4691-b850-b5ea36b57c2e'
const audiTerms = '9d90a9ad-9b24-4ce0-94e9-e888b1b877f4'

async function list (server: Server, query = ''): Promise<Intervention[]> {
  const answer = await server.call('GET', `/interventions${query}`)
  if (answer.status !== 200) throw new Error(`interventions${query}: ${answer.text}`)
  return answer.body as unknown as Intervention[]
}

function refused (t: Test, answer: Answer, path: Array<string | number>, detail = /./): void {
  t.match(answer, { status: 400, body: { title: 'Payload validation failed', detail } })
  t.same(answer.body.issues?.[0].path, path, answer.text)
}

t.test('the catalogue', async t => {
  const server = await build(t)
  const all = await list(server)

  t.test('has something for every vendor of every type, each with an id of its own', async t => {
    for (const type of assetKinds) {
      const without = vendorsByType[type].filter(vendor => !all.some(each => each.vendor === vendor && each.vendorType === type))
      t.same(without, [], type)
    }
    t.equal(new Set(all.map(each => each.id)).size, all.length)
    t.ok(all.every(each => (vendorsByType[each.vendorType] as readonly string[]).includes(each.vendor)), 'and nothing for a vendor that does not make the type')
    t.ok(all.every(each => each.brand === vendorNames[each.vendor]))
    t.ok(all.every(each => new Date(each.introducedAt).toISOString() === each.introducedAt))
  })

  t.test('uses every documented value', async t => {
    const values = (of: (each: Intervention) => string | null): Array<string | null> => [...new Set(all.map(of))].sort()
    t.same(values(each => each.domain), ['Account', 'Device'])
    t.same(values(each => each.resolution.access), ['Physical', 'Remote'])
    t.same(values(each => each.resolution.agent), ['ThirdParty', 'User'])
    t.same(values(each => each.resolution.action), ['Link', null].sort())
  })

  t.test('keeps the ids that Enode has published', async t => {
    const published: Array<[string, string, RegExp, Body?]> = [
      [audiTerms, 'AUDI', /^Accept the terms/, { domain: 'Account', introducedAt: /^2023-03-16T/, resolution: { access: 'Remote', agent: 'User', action: null } }],
      [virtualKey, 'TESLA', /^Pair a virtual key$/, { domain: 'Device', introducedAt: /^2023-12-15T/, resolution: { access: 'Physical', agent: 'User', action: 'Link' } }],
      ['06197b76-966e-414a-b174-7a00cde49f30', 'FORD', /^Activate the connected service/],
      ['0defa374-8a1a-4eb1-a85f-b7cb09501097', 'VOLKSWAGEN', /^Complete your Volkswagen profile$/],
      ['644d2a0f-6774-489b-b57d-07cf00261467', 'VOLKSWAGEN', /^Activate the connected service/],
      ['d88a46e9-fc8b-4f71-ae50-b8610f4faead', 'VOLKSWAGEN', /^Become the primary user/],
      ['e8d1b66d-9e41-4a1e-8cab-d9f6da40adb9', 'VOLKSWAGEN', /^Renew your subscription$/],
      ['b9acf87e-d7c8-426b-80a7-c925b5b90d6f', 'VOLKSWAGEN', /^Update the software/],
      ['9e9af174-03ad-4448-9092-b2988b10cdb0', 'VOLKSWAGEN', /^Share the parking position$/],
      ['3e861d64-9c00-4c97-9475-a1b4a9881e79', 'VOLKSWAGEN', /^Enable charging/]
    ]
    for (const [id, vendor, title, rest = {}] of published) {
      const { body } = await server.call('GET', `/interventions/${id}`)
      t.match(body, { ...rest, id, vendor, vendorType: 'vehicle' })
      t.match(body.resolution.title, title)
    }
    t.match((await server.call('GET', '/interventions/b9acf87e-d7c8-426b-80a7-c925b5b90d6f')).body.resolution.description, /3\.0/)
  })

  t.test('is the same in every world, whatever its seed', async t => {
    const other = await build(t, { seed: 8, now: '2030-01-01T00:00:00Z' })
    t.same(await list(other), all)
    t.same((await server.call('GET', `/interventions/${all[99]?.id}`)).body, all[99], 'an id leads to what the list shows')
  })
})

t.test('filters take what is of a vendor, of a type, or both', async t => {
  const server = await build(t)
  const all = await list(server)
  t.same(await list(server, '?vendor=ENPHASE'), all.filter(each => each.vendor === 'ENPHASE'))
  t.same([...new Set((await list(server, '?vendor=ENPHASE')).map(each => each.vendorType))], ['inverter', 'battery', 'meter'])
  t.same(await list(server, '?vendorType=hvac'), all.filter(each => each.vendorType === 'hvac'))
  const both = await list(server, '?vendor=TESLA&vendorType=vehicle&language=de-DE')
  t.same(both.map(each => each.id), [virtualKey])
  t.match(both[0]?.resolution.title, /Schlüssel/)
  t.same(await list(server, '?vendor=AUDI&vendorType=battery'), [], 'a vendor that does not make the type')

  const one = async (query: string): Promise<number> => (await server.call('GET', `/interventions/${audiTerms}${query}`)).status
  t.equal(await one('?vendor=AUDI&vendorType=vehicle'), 200)
  t.equal(await one('?vendor=BMW'), 404, 'a filter leaves out a single one too')
  t.equal(await one('?vendorType=hvac'), 404)
})

t.test('languages', async t => {
  const server = await build(t)
  const english = await list(server, '?language=en-US')

  for (const language of interventionLanguages) {
    t.test(`${language} has a title and the same steps for everything`, async t => {
      const texts = await list(server, `?language=${language}`)
      t.equal(texts.length, english.length)
      const steps = (each: Intervention | undefined): string[] => each?.resolution.description.split('\n') ?? []
      texts.forEach((each, index) => {
        const { title, description } = each.resolution
        const original = english[index]
        const isGood = title.trim().length > 3 && !/[{}]|undefined/.test(title + description) &&
          steps(each).length >= 2 && steps(each).length === steps(original).length &&
          steps(each).every((step, at) => step.startsWith(`${at + 1}. `) && step.length > 8)
        const isTranslated = language.startsWith('en-') || (title !== original?.resolution.title && steps(each).every((step, at) => step !== steps(original)[at]))
        if (!isGood || !isTranslated) t.fail(`${each.vendor} ${each.vendorType}: ${title}\n${description}`)
      })
      t.same(texts.map(({ resolution, ...rest }) => rest), english.map(({ resolution, ...rest }) => rest), 'all but the texts is the same')
    })
  }

  t.test('differ also where they are written alike', async t => {
    t.not((await list(server, '?language=en-GB')).map(each => each.resolution.description).join(), english.map(each => each.resolution.description).join())
    t.not((await list(server, '?language=nl-BE&vendorType=vehicle')).map(each => each.resolution.title).join(), (await list(server, '?language=nl-NL&vendorType=vehicle')).map(each => each.resolution.title).join())
  })

  t.test('that are not supported read en-US, as none does', async t => {
    t.same(await list(server), english)
    for (const language of ['it-IT', 'xx', 'DE', '', 'browser', 'constructor', '__proto__']) t.same(await list(server, `?language=${language}`), english, language)
    t.match((await server.call('GET', `/interventions/${audiTerms}?language=ko-KR`)).body.resolution.title, /^Accept the terms/)
    t.match((await server.call('GET', `/interventions/${audiTerms}?language=fi-FI`)).body.resolution, { title: 'Hyväksy käyttöehdot', description: /^1\. Avaa sovellus myAudi .*\n2\. .*Audi/ })
    refused(t, await server.call('GET', '/interventions?language=de-DE&language=fr-FR'), ['language'])
  })
})

t.test('what is wrong is refused', async t => {
  const server = await build(t)
  t.match(await server.call('GET', `/interventions/${unknownId}`), { status: 404, body: { title: 'Intervention not found', detail: `Could not find intervention ${unknownId}` } })
  refused(t, await server.call('GET', '/interventions/terms'), ['interventionId'])
  for (const url of ['/interventions', `/interventions/${audiTerms}`]) {
    refused(t, await server.call('GET', `${url}?vendor=Audi`), ['vendor'])
    refused(t, await server.call('GET', `${url}?vendorType=boat`), ['vendorType'])
    t.equal((await server.inject('GET', url, undefined, {})).status, 401)
  }
})

t.test('a device whose capability waits for an intervention', async t => {
  const server = await build(t)
  const state = { isPluggedIn: true, isCharging: false, batteryLevel: 30, chargeLimit: 80 }
  const car = await server.car({ state })
  const lacking = (...interventionIds: string[]): Body => ({ startCharging: { isCapable: false, interventionIds } })

  t.test('names it, and refuses commands with it until it is carried out', async t => {
    t.equal((await server.mock('PATCH', `/devices/${car}`, { capabilities: lacking(virtualKey) })).status, 200)
    t.same((await server.vehicle(car)).capabilities.startCharging, { isCapable: false, interventionIds: [virtualKey] })
    const start = async (): Promise<Answer> => await server.call('POST', `/vehicles/${car}/charging`, { action: 'START' })
    t.match(await start(), { status: 400, body: { detail: new RegExp(`startCharging.*the intervention ${virtualKey}`) } })
    t.equal((await server.mock('PATCH', `/devices/${car}`, { capabilities: { startCharging: true } })).status, 200)
    t.equal((await start()).status, 200)
  })

  t.test('can name only one of its own vendor and type', async t => {
    const before = await server.vehicle(car)
    const path = ['capabilities', 'startCharging', 'interventionIds']
    const where = 'GET /interventions\\?vendor=TESLA&vendorType=vehicle lists those that fit$'
    refused(t, await server.mock('PATCH', `/devices/${car}`, { capabilities: lacking(virtualKey, unknownId) }), [...path, 1], new RegExp(`^"capabilities\\.startCharging\\.interventionIds\\[1\\]" is no known intervention: ${where}`))
    refused(t, await server.mock('PATCH', `/devices/${car}`, { capabilities: lacking(audiTerms) }), [...path, 0], new RegExp(`is an intervention for AUDI as vehicle, not for TESLA as vehicle: ${where}`))
    const [other] = await list(server, '?vendor=TESLA&vendorType=charger')
    refused(t, await server.mock('PATCH', `/devices/${car}`, { capabilities: lacking(String(other?.id)) }), [...path, 0], /for TESLA as charger, not for TESLA as vehicle/)
    refused(t, await server.mock('PATCH', `/devices/${car}`, { capabilities: { startCharging: { isCapable: true, interventionIds: [audiTerms] } } }), [...path, 0])
    t.same(await server.vehicle(car), before, 'nothing has changed')
  })

  t.test('can come with its account', async t => {
    const account = (interventionId: string): Body => ({ vendor: 'AUDI', userId: 'user-2', devices: [{ type: 'vehicle', capabilities: lacking(interventionId) }] })
    refused(t, await server.mock('POST', '/accounts', account(virtualKey)), ['devices', 0, 'capabilities', 'startCharging', 'interventionIds', 0], /vendor=AUDI&vendorType=vehicle/)
    t.equal((await server.call('GET', '/users/user-2')).status, 404)
    const made = await server.mock('POST', '/accounts', account(audiTerms))
    t.same((await server.vehicle(made.body.devices[0].id)).capabilities.startCharging, { isCapable: false, interventionIds: [audiTerms] })
  })
})

t.test('every intervention of every vendor can be met by a user who granted everything', async t => {
  const server = await build(t)
  const all = await list(server)
  let met = 0
  for (const type of assetKinds) {
    const { vendors, capabilities } = modelOf(type)
    const scopes = allScopes.filter(scope => scope.startsWith(`${type}:`))
    for (const vendor of vendors) {
      const user = `${vendor}-${type}`
      const interventionIds = all.filter(each => each.vendor === vendor && each.vendorType === type).map(({ id }) => id)
      const off = Object.fromEntries(capabilities.map(name => [name, { isCapable: false, interventionIds }]))
      const { linkToken } = (await server.call('POST', `/users/${user}/link`, { vendor, scopes, language: 'en-US', redirectUri: 'app://linked' })).body
      const linked = await server.mock('POST', '/link-sessions/complete', { linkToken, devices: [{ type, capabilities: off }] })
      if (linked.status !== 200) t.fail(`${user}: ${linked.text}`)
      const path = `/users/${user}/${type === 'battery' ? 'batteries' : `${type}s`}`
      const [asset] = (await server.call('GET', path)).body.data as [Body]
      const missing = (shown: Body): Body => Object.fromEntries(capabilities.map(name => [name, shown.capabilities[name].interventionIds]))
      t.same(missing(asset), Object.fromEntries(capabilities.map(name => [name, interventionIds])), user)
      for (const id of interventionIds) {
        const { status, body } = await server.call('GET', `/interventions/${id}`)
        met += status === 200 && body.vendor === vendor && body.vendorType === type ? 1 : 0
      }
      t.equal((await server.mock('PATCH', `/devices/${asset.id}`, { capabilities: Object.fromEntries(capabilities.map(name => [name, true])) })).status, 200)
      t.ok(Object.values(missing((await server.call('GET', path)).body.data[0])).every(ids => ids.length === 0), `${user} after it was carried out`)
    }
  }
  t.equal(met, all.length)
})

t.test('the fixtures home and edge-cases show interventions to users who granted control', async t => {
  for (const [fixture, expected] of [['home', ['battery']], ['edge-cases', [...assetKinds]]] as const) {
    const server = await build(t, { fixture })
    const all = await list(server)
    const users = fixture === 'home' ? 'household' : 'interventions'
    const shown = await Promise.all(assetKinds.map(async type => {
      const { data } = (await server.call('GET', `/users/${users}/${type === 'battery' ? 'batteries' : `${type}s`}?pageSize=100`)).body
      return (data as Body[]).filter(asset => {
        const ids = Object.values(asset.capabilities as Body).flatMap(each => each?.interventionIds ?? []) as string[]
        const { controlScope } = modelOf(type)
        return ids.length > 0 && (controlScope === null || asset.scopes.includes(controlScope)) &&
          ids.every(id => all.some(each => each.id === id && each.vendor === asset.vendor && each.vendorType === type))
      }).length > 0
    }))
    t.same(assetKinds.filter((_, index) => shown[index]), expected, fixture)
  }
})
