import t from 'tap'
import { exitUrl, userExited } from '../../src/link/exit.ts'
import { html } from '../../src/link/html.ts'
import { matchLanguage, wordingFor } from '../../src/link/language.ts'
import { styles } from '../../src/link/styles.ts'
import type { Texts } from '../../src/link/texts/en-US.ts'
import { linkLanguages } from '../../src/contract/languages.ts'
import { scopes } from '../../src/contract/scopes.ts'
import { services, vendorNames } from '../../src/contract/vendor-names.ts'
import { vendors } from '../../src/contract/vendors.ts'
import { build, type Body, type Server } from '../helpers/build.ts'

const origin = 'http://localhost:3663'
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const read = ['vehicle:read:data', 'vehicle:read:location']

interface Page { url: string, status: number, text: string, headers: Record<string, unknown>, title: string }

/** Goes by links and forms alone, as a browser without script does; stops where a redirect leads away. */
function browse (server: Server, headers: Record<string, string> = {}) {
  let page: Page = { url: origin, status: 0, text: '', headers: {}, title: '' }
  const go = async (method: 'GET' | 'POST', url: string, payload?: string, type = form): Promise<Page> => {
    const target = new URL(url, page.url)
    const answer = await server.inject(method, target.pathname + target.search, payload, { ...headers, ...(payload === undefined ? {} : type) })
    const location = answer.headers.location
    if (answer.status === 303 && new URL(String(location), target).origin === origin) {
      page = { ...page, url: target.href }
      return await go('GET', String(location))
    }
    page = {
      url: answer.status === 303 ? String(location) : target.href,
      status: answer.status,
      text: answer.text,
      headers: answer.headers,
      title: /<h1>(.*?)<\/h1>/.exec(answer.text)?.[1] ?? ''
    }
    return page
  }
  return {
    page: () => page,
    go: async (url: string) => await go('GET', url),
    post: async (url: string, payload: string, type = form) => await go('POST', url, payload, type),
    reload: async () => await go('GET', page.url),
    link: async (text: string) => {
      const href = new RegExp(`<a[^>]* href="([^"]*)"[^>]*>${text}</a>`).exec(page.text)?.[1]
      if (href === undefined) throw new Error(`no link ${text} on ${page.title}`)
      return await go('GET', href)
    },
    /** Fills the form that holds the button, and presses it. */
    press: async (button: string, fields: Record<string, string> = {}) => {
      const found = [...page.text.matchAll(/<form method="post" action="([^"]*)">(.*?)<\/form>/gs)].find(([, , inside]) => inside?.includes(`>${button}</button>`))
      if (found === undefined) throw new Error(`no button ${button} on ${page.title}: ${page.text}`)
      const [, action = '', inside = ''] = found
      const [, name, value] = new RegExp(`<button(?: name="([^"]*)" value="([^"]*)")?>${button}</button>`).exec(inside) ?? []
      for (const each of Object.keys(fields)) if (!inside.includes(` name="${each}"`)) throw new Error(`no field ${each}`)
      return await go('POST', action, new URLSearchParams({ ...fields, ...(name === undefined ? {} : { [name]: value ?? '' }) }).toString())
    }
  }
}

async function link (server: Server, body: Body = {}): Promise<string> {
  const answer = await server.call('POST', '/users/anna/link', { scopes: read, language: 'en-US', redirectUri: 'https://example.com/back?from=link', ...body })
  if (answer.status !== 200) throw new Error(answer.text)
  return String(answer.body.linkUrl)
}

async function account (server: Server, body: Body = {}): Promise<{ username: string, password: string }> {
  const answer = await server.mock('POST', '/accounts', { vendor: 'TESLA', devices: [{ type: 'vehicle', model: 'Model 3', displayName: 'Blixt' }], ...body })
  if (answer.status !== 200) throw new Error(answer.text)
  return { username: answer.body.username, password: answer.body.password }
}

/** Everything that the pages could change, to compare before and after. */
const rows = (server: Server): string => server.worlds.default.store.read(tx => JSON.stringify([tx.connections.byUser('anna'), tx.assets.ofUser('anna')]))
const progress = (server: Server, url: string): string => {
  const id = Buffer.from(url.split('/').at(-1) ?? '', 'base64url').toString().slice(0, 36)
  return server.worlds.default.store.read(tx => JSON.stringify(tx.linkSessions.get(id)))
}

async function toSignIn (server: Server, url: string, headers: Record<string, string> = {}) {
  const browser = browse(server, headers)
  await browser.go(url)
  await browser.press('Continue')
  if (browser.page().title === 'Choose your brand') await browser.press('Tesla')
  await browser.press('Allow and continue')
  return browser
}

t.test('a user goes through all pages, the car is linked and the browser is back at the bare redirectUri', async t => {
  const server = await build(t)
  const credentials = await account(server)
  const url = await link(server, { scopes: ['vehicle:read:data', 'vehicle:read:location', 'vehicle:control:charging', 'battery:read:data'] })
  const browser = browse(server)
  t.match(await browser.go(url), { status: 200, title: 'Connect your devices' })
  t.match(await browser.press('Continue'), { status: 200, title: 'Choose your brand' })
  t.match(browser.page().text, /Step 1 of 4[\s\S]*Brands with a virtual account<\/h2>\s*<div class="brands"><button name="vendor" value="TESLA">Tesla<\/button><\/div>/)
  t.match(browser.page().text, 'value="LANDROVER">Land Rover<')
  t.match(await browser.press('Tesla'), { title: 'Review data access' })
  t.match(browser.page().text, /<h2>Vehicle<\/h2>\s*<ul><li>Read its data[^<]*<small>Example: You see[^<]*<\/small><\/li><li>See where it is<small>[^<]*<\/small><\/li><li>Start and stop charging[^<]*<small>[^<]*<\/small><\/li><\/ul>\s*<h2>Home battery<\/h2>/)
  t.match(await browser.press('Allow and continue'), { title: 'Sign in to Tesla' })
  t.match(await browser.press('Sign in', credentials), { title: 'Device found' })
  t.match(browser.page().text, /<strong>Blixt<\/strong><span>Tesla Model 3 · \d{4} · Vehicle<\/span>/)
  t.same((await server.call('GET', '/users/anna/vehicles')).body.data, [], 'nothing is linked before Connect')
  t.match(await browser.press('Connect'), { title: 'You are connected' })
  t.match(await browser.reload(), { status: 200, title: 'You are connected' })

  const [car] = (await server.call('GET', '/users/anna/vehicles')).body.data
  t.match(car, { vendor: 'TESLA', information: { displayName: 'Blixt', model: 'Model 3' }, scopes: ['vehicle:read:data', 'vehicle:read:location', 'vehicle:control:charging'] }, 'linked when connected, whether or not the user presses Complete')
  t.match((await server.call('GET', '/users/anna')).body.linkedVendors, [{ vendor: 'TESLA', vendorType: 'vehicle', isValid: true }])

  const { url: last } = browser.page()
  t.match(await browser.link('Complete'), { status: 303, url: 'https://example.com/back?from=link' })
  for (const path of ['', '/brand', '/review', '/sign-in', '/devices', '/success', '/exit']) {
    t.match(await browser.go(url + path), { status: 410, title: 'This link was already used' }, `410 at ${path}`)
  }
  t.equal(new URL(last).pathname, new URL(`${url}/success`).pathname)
  t.match(await browser.post(`${url}/devices`, 'answer=connect'), { status: 410 })
  t.match(await browser.go(`${url}/complete`), { status: 303, url: 'https://example.com/back?from=link' }, 'a second click on Complete leads back too')
})

t.test('a vendor that is given skips the brand page', async t => {
  const server = await build(t)
  const credentials = await account(server)
  const browser = browse(server)
  const url = await link(server, { vendor: 'TESLA' })
  await browser.go(url)
  t.match(await browser.press('Continue'), { title: 'Review data access' })
  t.match(browser.page().text, 'Step 1 of 3')
  t.match(await browser.go(`${url}/brand`), { title: 'Review data access' })
  t.match((await browser.post(`${url}/brand`, 'vendor=AUDI')), { title: 'Review data access' })
  t.match(await browser.link('Back'), { title: 'Connect your devices' })
  await browser.press('Continue')
  await browser.press('Allow and continue')
  t.match(await browser.press('Sign in', credentials), { title: 'Device found' })
})

t.test('a sign-in that fails says that only virtual accounts work, where to find one, and nothing of the password', async t => {
  const server = await build(t)
  const tesla = await account(server)
  const audi = await account(server, { vendor: 'AUDI', devices: [] })
  const url = await link(server)
  const browser = await toSignIn(server, url)
  for (const [why, username, password] of [
    ['wrong password', tesla.username, 'p4ssw0rd'],
    ['another vendor', audi.username, audi.password],
    ['unknown account', 'nobody@sandbox.enode.com', 'p4ssw0rd'],
    ['nothing typed', '', ''],
    ['a very long name', `${'x'.repeat(1000)}`, 'p4ssw0rd']
  ] as const) {
    const page = await browser.press('Sign in', { username, password })
    t.match(page, { status: 200, title: 'Sign in to Tesla', text: /role="alert">Sign-in failed[^<]*Only virtual accounts work here[^<]*<code>GET \/_mock\/accounts<\/code>[^<]*<code>POST \/_mock\/accounts<\/code>/ }, why)
    t.match(page.text, `value="${username.slice(0, 200)}" required`, 'the user name is kept')
    if (password !== '') t.notMatch(page.text + progress(server, url), password, 'the password is not')
    t.match(page.text, '<title>Error: ')
  }
  t.match(await browser.go(`${url}/devices`), { title: 'Sign in to Tesla' }, 'nothing further on can be reached')
  t.match(await browser.press('Sign in', tesla), { title: 'Device found' })
  await browser.link('Back')
  t.notMatch(browser.page().text, 'role="alert"', 'a failure is forgotten once a sign-in works')
  await browser.press('Sign in', { ...tesla, password: 'wrong' })
  t.match(await browser.go(`${url}/devices`), { title: 'Sign in to Tesla' }, 'a failure signs out')
})

t.test('pages hold after a reload, and the back button leads to pages that still work', async t => {
  const server = await build(t)
  const credentials = await account(server)
  const bmw = await account(server, { vendor: 'BMW', devices: [{ type: 'vehicle', model: 'i4 eDrive40' }] })
  const url = await link(server)
  const browser = browse(server)
  t.match(await browser.go(`${url}/review`), { title: 'Connect your devices' }, 'no page can be reached before those ahead of it')
  await browser.press('Continue')
  t.match(await browser.reload(), { status: 200, title: 'Choose your brand' })
  await browser.press('Tesla')
  await browser.press('Allow and continue')
  await browser.press('Sign in', credentials)
  t.match(await browser.reload(), { status: 200, title: 'Device found' })
  for (const title of ['Sign in to Tesla', 'Review data access', 'Choose your brand', 'Connect your devices']) t.match(await browser.link('Back'), { title })
  t.match(await browser.press('Continue'), { title: 'Device found' }, 'the introduction leads on to where the user stood')
  await browser.go(`${url}/brand`)
  t.match(await browser.press('BMW'), { title: 'Review data access', text: 'your BMW devices' }, 'another brand asks anew')
  t.match(await browser.post(`${url}/devices`, 'answer=connect'), { title: 'Review data access' }, 'a form of a page left behind connects nothing')
  t.equal(rows(server), '[[],[]]')
  await browser.press('Allow and continue')
  await browser.press('Sign in', bmw)
  t.match(browser.page().text, 'BMW i4 eDrive40')
  t.match(await browser.press('Connect'), { title: 'You are connected' })
  t.match(await browser.go(url), { status: 410 }, 'the link is used up as soon as the devices are connected')
})

t.test('an account with nothing that the session asks for cannot be connected', async t => {
  const server = await build(t)
  const empty = await account(server, { devices: [] })
  const full = await account(server)
  const url = await link(server)
  const browser = await toSignIn(server, url)
  const page = await browser.press('Sign in', empty)
  t.match(page, { title: 'No devices found', text: 'The app asks for: Vehicle.' })
  t.notMatch(page.text, '>Connect<')
  t.match(await browser.post(`${url}/devices`, 'answer=connect'), { title: 'No devices found' })
  t.match(await browser.link('Sign in with another account'), { title: 'Sign in to Tesla' })
  t.match(await browser.press('Sign in', full), { title: 'Device found' })

  const battery = await toSignIn(server, await link(server, { scopes: ['battery:read:data'] }))
  t.match(await battery.press('Sign in', full), { title: 'No devices found', text: 'The app asks for: Home battery.' }, 'a car is not within the scopes of a battery')
  const { body } = await server.mock('GET', '/accounts')
  const { id } = (body as unknown as Body[]).find(each => each.username === full.username) ?? {}
  await server.mock('DELETE', `/accounts/${id}`)
  t.match(await browser.reload(), { title: 'Sign in to Tesla' }, 'an account that is gone is signed out')
})

t.test('an early exit adds error and error_message to the redirectUri and keeps the rest of it', async t => {
  const server = await build(t)
  const extra = `error=${userExited.error}&error_message=${encodeURIComponent(userExited.message)}`
  for (const [redirectUri, exited] of [
    ['https://example.com/back?from=link&x=%20a#part?', `https://example.com/back?from=link&x=%20a&${extra}#part?`],
    ['https://example.com', `https://example.com?${extra}`],
    ['https://example.com/?', `https://example.com/?${extra}`],
    ['https://example.com/?a&', `https://example.com/?a&${extra}`],
    ['myapp://linked', `myapp://linked?${extra}`],
    ['com.example.app:/linked?a=1', `com.example.app:/linked?a=1&${extra}`]
  ] as const) {
    t.equal(exitUrl(redirectUri), exited)
    const browser = browse(server)
    await browser.go(await link(server, { redirectUri }))
    t.match(await browser.link('Exit'), { status: 303, url: exited })
  }
  const credentials = await account(server)
  const url = await link(server)
  const browser = await toSignIn(server, url)
  for (const page of ['', '/brand', '/review', '/sign-in']) {
    await browser.go(url + page)
    t.match(await browser.link('Exit'), { status: 303, url: `https://example.com/back?from=link&${extra}` }, `from ${page}`)
  }
  t.match(await browser.go(`${url}/complete`), { title: 'Sign in to Tesla' }, 'nothing is complete before it is')
  await browser.press('Sign in', credentials)
  await browser.link('Exit')
  t.equal(rows(server), '[[],[]]')
  t.match(await browser.go(`${url}/devices`), { status: 200, title: 'Device found' }, 'an exit does not use the link up')
})

t.test('a redirectUri of an app is where Complete leads, as it was given', async t => {
  const server = await build(t)
  const credentials = await account(server)
  const browser = await toSignIn(server, await link(server, { redirectUri: 'myapp://linked?a=1' }))
  await browser.press('Sign in', credentials)
  await browser.press('Connect')
  t.match(await browser.link('Complete'), { status: 303, url: 'myapp://linked?a=1' })
})

t.test('a link works for 24 hours and once, and says so afterwards', async t => {
  const server = await build(t)
  const credentials = await account(server)
  const url = await link(server)
  const browser = await toSignIn(server, url)
  await server.advance('PT23H59M')
  t.match(await browser.reload(), { status: 200 })
  await server.advance('PT1M')
  const before = progress(server, url)
  t.match(await browser.press('Sign in', credentials), { status: 410, title: 'This link has expired' })
  t.match(await browser.go(url), { status: 410, title: 'This link has expired' })
  t.match(await browser.go(`${url}/complete`), { status: 410 })
  t.match(await browser.go(`${url}/exit`), { status: 410 })
  t.equal(progress(server, url), before)

  const link2 = await server.call('POST', '/users/anna/link', { scopes: read, language: 'en-US', redirectUri: 'https://example.com/', vendor: 'TESLA' })
  await server.mock('POST', '/link-sessions/complete', { linkToken: link2.body.linkToken })
  for (const path of ['', '/success', '/complete']) {
    t.match(await browser.go(link2.body.linkUrl + path), { status: 410, title: 'This link was already used' }, 'also one that was completed without a browser')
  }
})

t.test('a key that is unknown, garbled, tampered with or of another world is a page that says 404', async t => {
  const server = await build(t)
  const url = await link(server)
  const key = url.split('/').at(-1) ?? ''
  const [, id = '', client = '', secret = ''] = /^(.*)@(.*):(.*)$/.exec(Buffer.from(key, 'base64url').toString()) ?? []
  const other = (await server.mock('POST', '/worlds', { name: 'other' })).body
  const written = (text: string): string => Buffer.from(text).toString('base64url')
  const browser = browse(server)
  const untouched = progress(server, url)
  for (const bad of [
    'abc', key.slice(0, -4), `${key}AAAA`, `${key}%0D%0Ax`, `%2E%2E${key}`, `!${key}`, 'x'.repeat(499), 'x'.repeat(2000),
    written(`${id}@${client}:${'0'.repeat(64)}`),
    written(`${id.replace(/^./, letter => letter === '0' ? '1' : '0')}@${client}:${secret}`),
    written(`${id}@nobody:${secret}`),
    written(`${id}@${String(other.clientId)}:${secret}`)
  ]) {
    for (const path of ['', '/brand', '/exit', '/complete']) {
      t.match(await browser.go(`/link/${bad}${path}`), { status: 404, title: 'Link not found', text: /^<!doctype html>/, headers: { 'content-type': /^text\/html/ } }, bad.slice(0, 60))
    }
    t.match(await browser.post(`/link/${bad}`, 'answer=start'), { status: 404, title: 'Link not found' })
  }
  for (const path of ['/link', '/link/', `/link/${key}/`, `/link/${key}/nothing`, `/link/${key}/brand/more`]) t.match(await browser.go(path), { status: 404, title: 'Link not found' }, path)
  t.equal(progress(server, url), untouched)
  t.match(await browser.go(url), { status: 200 }, 'the link itself works')
})

t.test('text from outside is escaped', async t => {
  const server = await build(t)
  const evil = '"><script>alert(\'1\')</script>&'
  const credentials = await account(server, { devices: [{ type: 'vehicle', displayName: evil, model: '<b>bold</b>' }] })
  const browser = await toSignIn(server, await link(server))
  const failed = await browser.press('Sign in', { username: evil, password: 'x' })
  t.match(failed.text, 'value="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;"')
  const found = await browser.press('Sign in', credentials)
  t.match(found.text, '<strong>&quot;&gt;&lt;script&gt;')
  t.match(found.text, '&lt;b&gt;bold&lt;/b&gt;')
  const connected = await browser.press('Connect')
  for (const page of [failed, found, connected]) t.notMatch(page.text, /<script|<b>/)
  t.equal(html`<p title="${'"\''}">${['<', html`<i>${'&'}</i>`].map(each => html`${each}`)}${3}</p>`.text, '<p title="&quot;&#39;">&lt;<i>&amp;</i>3</p>')
})

t.test('every answer forbids scripts, frames, caches and referrers', async t => {
  const server = await build(t)
  const credentials = await account(server)
  const url = await link(server)
  const browser = browse(server)
  const check = (page: Page): void => {
    t.match(page.headers, {
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff'
    }, page.title)
    t.notMatch(page.text, /<script| on\w+="|javascript:|\bsrc=|https?:\/\//)
    if (page.status !== 303) t.match(page.text, /<html lang="en-US"[\s\S]*<main>[\s\S]*<h1>/)
  }
  check(await browser.go(url))
  for (const button of ['Continue', 'Tesla', 'Allow and continue']) check(await browser.press(button))
  check(await browser.press('Sign in', credentials))
  check(await browser.post(`${url}/devices`, ''))
  await browser.go(`${url}/devices`)
  check(await browser.press('Connect'))
  check(await browser.link('Complete'))
  check(await browser.go(url))
  check(await browser.go('/link/abc'))
  check(await browser.go('/link/abc/def/ghi'))
})

t.test('colours follow the system unless the session forces them', async t => {
  const server = await build(t)
  const browser = browse(server)
  for (const [colorScheme, root, meta] of [[undefined, '<html lang="en-US">', 'light dark'], ['system', '<html lang="en-US">', 'light dark'], ['light', 'data-scheme="light"', 'light'], ['dark', 'data-scheme="dark"', 'dark']] as const) {
    const { text } = await browser.go(await link(server, colorScheme === undefined ? {} : { colorScheme }))
    t.match(text, root)
    t.match(text, `<meta name="color-scheme" content="${meta}">`)
  }
  const url = await link(server, { colorScheme: 'dark' })
  await server.advance('P2D')
  t.match((await browser.go(url)), { status: 410, text: 'data-scheme="dark"' }, 'also where something is wrong')
})

/** The titles that the pages of a language can have. */
function titlesIn (texts: Texts): string[] {
  const { intro, brand, service, outage, review, signIn, devices, success, trouble } = texts
  return [intro.title, brand.title, service.title, outage.title('Tesla'), review.title, signIn.title('Tesla'), devices.title(0), devices.title(2), success.title, ...Object.values(trouble).map(([title]) => title)]
}

t.test('every language that a session can ask for is spoken on every page, and the browser has its say', async t => {
  const server = await build(t)
  const english = (await wordingFor('en-US')).texts
  for (const language of linkLanguages.filter(each => each !== 'browser')) {
    t.match(await browse(server).go(await link(server, { language })), { status: 200, text: `<html lang="${language}">` })
    t.match(await browse(server, { 'accept-language': `zu, ${language};q=0.9, en;q=0.5` }).go(await link(server, { language: 'browser' })), { text: `<html lang="${language}">` })
    const { texts } = await wordingFor(language)
    const titles = titlesIn(texts)
    t.equal(new Set(titles).size, titles.length, `${language}: each page has a title of its own`)
    if (!language.startsWith('en-')) t.same(titles.filter(title => titlesIn(english).includes(title)), [], `${language}: titles are translated`)
    for (const says of [texts.review.lead('Škoda'), texts.signIn.title('Škoda'), texts.service.lead('Škoda'), texts.outage.says('Škoda'), texts.elevated.says('Škoda'), texts.devices.lead(2, 'Škoda'), texts.success.lead(1, 'Škoda')]) t.match(says, 'Škoda', language)
    t.match(texts.signIn.failed('Škoda', html`LIST`, html`MAKE`).text, /Škoda.*LIST.*MAKE/s, language)
    t.match([texts.step(2, 4), texts.devices.more(17)].join(), /2.*4.*17/s, language)
  }
  const british = titlesIn((await wordingFor('en-GB')).texts)
  t.not(british.join(), titlesIn(english).join(), 'en-GB differs in little')
  const nobody = browse(server, { 'accept-language': 'zu' })
  t.match(await nobody.go(await link(server, { language: 'browser' })), { status: 200, text: /<html lang="en-US">/ })
  t.match(await nobody.go('/link/abc'), { status: 404, text: /<html lang="en-US">/ })
  t.match(await browse(server, { 'accept-language': 'fi' }).go('/link/abc'), { status: 404, title: 'Linkkiä ei löytynyt', text: /<html lang="fi-FI">/ })
  const available: string[] = ['en-US', 'de-DE', 'nb-NO', 'pt-PT', 'nl-NL', 'nl-BE']
  for (const [header, language] of [
    ['', undefined], ['*', undefined], ['zu, xx;q=0.5', undefined], ['de-AT,en;q=0.5', 'de-DE'], ['en;q=0.5, DE-de', 'de-DE'], ['no', 'nb-NO'], ['nn-NO,en', 'nb-NO'],
    ['nl-be', 'nl-BE'], ['nl', 'nl-NL'], ['pt-BR, en;q=0.9', 'pt-PT'], ['de;q=0, en', 'en-US'], ['de;q=x, en;q=0.1', 'en-US'], [';;,,;q=', undefined]
  ] as const) t.equal(matchLanguage(header, available), language, header)
})

t.test('every scope says in every language what it allows, with an example', async t => {
  const server = await build(t)
  const english = (await wordingFor('en-US')).texts.review
  const escaped = (text: string): string => html`${text}`.text
  for (const language of linkLanguages.filter(each => each !== 'browser')) {
    const { review } = (await wordingFor(language)).texts
    const browser = browse(server)
    const url = await link(server, { language, scopes, vendor: 'TESLA' })
    await browser.go(url)
    t.match(await browser.post(url, 'answer=start'), { status: 200, title: escaped(review.title) })
    for (const scope of scopes) {
      const [what, example] = [review.scopes[scope], review.examples[scope]]
      t.match(browser.page().text, `<li>${escaped(what)}<small>${escaped(review.example)} ${escaped(example)}</small></li>`, `${language} ${scope}`)
      if (!language.startsWith('en-') && (what === english.scopes[scope] || example === english.examples[scope])) t.fail(`${language} ${scope} is not translated`)
      if (what.length < 4 || example.length < 10 || !/[.。]$/.test(example)) t.fail(`${language} ${scope}: ${example}`)
    }
  }
})

t.test('words mean what they stand for, and one thing has one name in a language', async t => {
  const says = async (language: string): Promise<Texts> => (await wordingFor(language)).texts
  const flat = (value: unknown): string => {
    if (typeof value === 'function') return [0, 1, 2].map(count => flat((value as (...all: unknown[]) => unknown)(count, ['Tesla'], ['list']))).join('\n')
    return typeof value === 'object' && value !== null ? Object.values(value).map(flat).join('\n') : String(value)
  }
  t.notMatch(flat(await says('de-DE')), /Ladezustand/, 'of a charger it is the Ladestatus')
  const neuter = { 'nb-NO': ['Se hvor det er', 'Se hvor den er'], 'da-DK': ['Se, hvor det er', 'Se, hvor den er'], 'sv-SE': ['Se var det är', 'Se var den är'] } as const
  for (const [language, [it, other]] of Object.entries(neuter)) {
    const { scopes: texts } = (await says(language)).review
    t.same([texts['vehicle:read:location'], texts['battery:read:location'], texts['inverter:read:location'], texts['meter:read:location']], [it, it, other, other], language)
  }
  const flemish = flat(await says('nl-BE'))
  t.match(flemish, /toestellen/)
  t.notMatch(flemish, /appara(at|ten)/i)
  t.notMatch(flat(await says('nl-NL')), /toestel/i)
  const server = await build(t)
  t.notMatch((await server.call('GET', '/interventions?language=nl-BE')).text, /appara(at|ten)/i, 'nor in interventions')
  t.equal((await says('lt-LT')).trouble.broken[0], 'Įvyko klaida')
})

t.test('a brand with several apps asks which one the user has', async t => {
  const server = await build(t)
  const credentials = await account(server, { vendor: 'VOLKSWAGEN' })
  const url = await link(server, { vendor: 'VOLKSWAGEN' })
  const browser = browse(server)
  await browser.go(url)
  t.match(await browser.press('Continue'), { title: 'Choose your app', text: /Step 1 of 4[\s\S]*Volkswagen has several apps/ })
  t.same([...browser.page().text.matchAll(/name="service" value="([^"]*)"/g)].map(match => match[1]), services.VOLKSWAGEN)
  t.match(await browser.go(`${url}/sign-in`), { title: 'Choose your app' }, 'what comes later needs the answer')
  t.match(await browser.post(`${url}/service`, 'service=MELCloud'), { status: 400, title: 'That did not work' })
  await browser.go(url)
  await browser.go(`${url}/service`)
  t.match(await browser.press('We Connect'), { title: 'Review data access', text: /Step 2 of 4/ })
  t.match(await browser.press('Allow and continue'), { title: 'Sign in to We Connect' })
  t.match(await browser.press('Sign in', credentials), { title: 'Device found' })
  await browser.go(`${url}/service`)
  t.match(await browser.press('Volkswagen'), { title: 'Review data access' }, 'another app asks anew')
  await browser.press('Allow and continue')
  await browser.press('Sign in', credentials)
  t.match(await browser.press('Connect'), { title: 'You are connected' })

  const chosen = browse(server)
  const open = await link(server, { scopes: ['vehicle:read:data', 'hvac:read:data'] })
  await chosen.go(open)
  await chosen.press('Continue')
  t.match(await chosen.press('Mitsubishi'), { title: 'Choose your app', text: /Step 2 of 5/ }, 'also when the brand was chosen')
  await chosen.press('MELCloud')
  await chosen.go(`${open}/brand`)
  t.match(await chosen.press('Tesla'), { title: 'Review data access', text: /Step 2 of 4/ }, 'and not of a brand with one')
  t.match(await chosen.go(`${open}/service`), { title: 'Review data access' })

  await server.mock('POST', '/faults', { on: { vendor: 'VOLKSWAGEN' }, effect: { linkingStatus: 'OUTAGE' } })
  const out = browse(server)
  await out.go(await link(server, { vendor: 'VOLKSWAGEN' }))
  t.match(await out.press('Continue'), { title: 'Volkswagen is not available' })
  t.same(Object.entries(services).filter(([vendor, names]) => !(vendors as readonly string[]).includes(vendor) || new Set(names).size < 2), [])
})

t.test('linking again says when the account is another one, and asks for the right one', async t => {
  const server = await build(t)
  const devices = [{ type: 'vehicle' }]
  const mine = (await server.mock('POST', '/accounts', { vendor: 'NISSAN', userId: 'anna', devices })).body
  const other = await account(server, { vendor: 'NISSAN' })
  const foreign = await account(server)
  await server.mock('POST', `/accounts/${mine.id}/invalidate`)
  const { linkUrl, linkToken } = (await server.call('POST', `/assets/${mine.devices[0].id}/relink`, { language: 'en-US', redirectUri: 'https://example.com/back' })).body
  const browser = browse(server)
  await browser.go(linkUrl)
  t.match(await browser.press('Continue'), { title: 'Review data access', text: /Step 1 of 3/ }, 'which app it is, is known')
  await browser.press('Allow and continue')
  const before = rows(server)
  const says = /role="alert">This is an account at Nissan, but not the one that your devices are connected with\. Sign in to that one\..*go back to the app/
  t.match(await browser.press('Sign in', other), { title: 'Sign in to Nissan', text: says })
  t.match(browser.page().text, `value="${other.username}"`, 'the name is kept')
  t.match(await browser.reload(), { text: says })
  for (const wrong of [{ ...other, password: 'wrong' }, foreign]) t.match(await browser.press('Sign in', wrong), { text: /role="alert">Sign-in failed: no virtual Nissan account/ }, 'nothing is told to who does not know the password')
  t.equal(rows(server), before)
  t.match(await server.mock('POST', '/link-sessions/complete', { linkToken, ...other }), { status: 400, body: { detail: /is not the one that is linked again, [0-9a-f-]{36}: give the credentials of that one, or leave them out/ } })
  t.match(await browser.press('Sign in', { username: mine.username, password: mine.password }), { title: 'Device found' })
  t.match(await browser.press('Connect'), { title: 'You are connected' })
  t.match((await server.call('GET', '/users/anna')).body.linkedVendors, [{ vendor: 'NISSAN', isValid: true }])
  for (const language of linkLanguages.filter(each => each !== 'browser')) t.match((await wordingFor(language)).texts.signIn.other('Škoda'), 'Škoda', language)
})

t.test('a form that no page sends is a page that says so, and changes nothing', async t => {
  const server = await build(t)
  const url = await link(server)
  const browser = browse(server)
  for (const [path, start] of [['', {}], ['/brand', { started: true }], ['/review', { started: true, vendor: 'TESLA' }], ['/sign-in', { started: true, vendor: 'TESLA', consented: true }]] as const) {
    const id = Buffer.from(url.split('/').at(-1) ?? '', 'base64url').toString().slice(0, 36)
    server.worlds.default.store.write(tx => { tx.linkSessions.setProgress(id, JSON.stringify(start)) })
    const before = progress(server, url)
    for (const [status, payload, type] of [
      [415, '{"answer":"start"}', 'application/json'],
      [415, 'answer=start', 'text/plain'],
      [415, '--x\r\n\r\n--x--', 'multipart/form-data; boundary=x'],
      [400, '', form['content-type']],
      [400, 'other=1', form['content-type']],
      [400, 'answer=start&answer=start&answer=allow&vendor=TESLA&vendor=BMW&username=a&username=b', form['content-type']],
      [400, 'answer=nonsense&vendor=NOKIA&username=a', form['content-type']],
      [400, '__proto__=1&%zz=%', form['content-type']],
      [413, `answer=start&vendor=TESLA&username=a&password=${'x'.repeat(20_000)}`, form['content-type']]
    ] as const) {
      const page = await browser.post(url + path, payload, { 'content-type': type })
      t.match(page, { status, title: 'That did not work', text: /^<!doctype html>/ }, `${status} at ${path}`)
    }
    t.match(await server.inject('POST', new URL(url + path).pathname, undefined, {}), { status: 400, text: /^<!doctype html>/ })
    t.equal(progress(server, url), before)
  }
  t.equal(rows(server), '[[],[]]')
  t.match(await browser.post(`${url}/brand`, 'vendor=ZAPTEC'), { status: 400 }, 'a vendor of things that the session does not link')
})

t.test('every vendor has a name to show, and a battery vendor can be chosen', async t => {
  t.same(Object.keys(vendorNames).sort(), [...vendors].sort())
  const server = await build(t)
  const browser = browse(server)
  await browser.go(await link(server, { scopes: ['battery:read:data', 'vehicle:read:data'], vendorType: 'battery' }))
  await browser.press('Continue')
  t.match(browser.page().text, /<h2>All brands<\/h2>/)
  t.notMatch(browser.page().text, 'Volkswagen')
  t.match(await browser.press('Enphase'), { title: 'Review data access' })
  t.notMatch(browser.page().text, '<h2>Vehicle</h2>')
})

t.test('a client id with letters beyond ASCII has links that work', async t => {
  const server = await build(t, { clientId: 'Bjørn' })
  const answer = await server.inject('POST', '/oauth2/token', 'grant_type=client_credentials&client_id=Bj%C3%B8rn&client_secret=mock-secret', form)
  const made = await server.inject('POST', '/users/anna/link', { scopes: read, language: 'en-US', redirectUri: 'https://example.com/' }, { authorization: `Bearer ${answer.body.access_token}` })
  t.match(await browse(server).go(made.body.linkUrl), { status: 200, title: 'Connect your devices' })
})

t.test('a session for several types offers their vendors, asks for all their scopes and connects what the account holds of them', async t => {
  const server = await build(t)
  const credentials = await account(server, { devices: [{ type: 'charger', model: 'Wall Connector' }, { type: 'vehicle', model: 'Model Y', displayName: 'Åska' }, { type: 'vehicle', displayName: 'Blixt' }] })
  const scopes = ['vehicle:read:data', 'charger:read:data', 'charger:control:charging', 'hvac:read:data', 'meter:read:data']
  const browser = browse(server)
  await browser.go(await link(server, { scopes }))
  await browser.press('Continue')
  for (const name of ['Volkswagen', 'Zaptec', 'Tado', 'Tesla']) t.match(browser.page().text, `>${name}</button>`)
  for (const name of ['Deye', 'Sungrow']) t.notMatch(browser.page().text, `>${name}</button>`, 'a vendor of nothing that is asked for')
  await browser.press('Tesla')
  t.same([...browser.page().text.matchAll(/<h2>(.*?)<\/h2>/g)].map(match => match[1]), ['Vehicle', 'Charger', 'Heating and cooling', 'Meter'])
  t.equal(browser.page().text.split('<li>').length - 1, scopes.length, 'each scope is a line')
  await browser.press('Allow and continue')
  await browser.press('Sign in', credentials)
  t.match(browser.page(), { title: 'Devices found', text: /Tesla Wall Connector[\s\S]* · Charger<\/span>[\s\S]*<strong>Åska<\/strong><span>Tesla Model Y · \d{4} · Vehicle<\/span>[\s\S]*<strong>Blixt</ })
  await browser.press('Connect')
  t.same((await server.call('GET', '/users/anna')).body.linkedVendors.map((each: Body) => each.vendorType), ['vehicle', 'charger'])
  t.match((await server.call('GET', '/users/anna/chargers')).body.data, [{ scopes: ['charger:read:data', 'charger:control:charging'] }])
  t.equal((await server.call('GET', '/users/anna/vehicles')).body.data.length, 2)

  const one = await toSignIn(server, await link(server, { scopes, vendorType: 'charger' }))
  await one.press('Sign in', credentials)
  t.match(one.page(), { title: 'Device found' }, 'with a vendorType only devices of that type')
})

t.test('a vendor with elevated errors is warned of and can be linked', async t => {
  const server = await build(t)
  const credentials = await account(server)
  await server.mock('POST', '/faults', { on: { vendor: 'TESLA', vendorType: 'vehicle' }, effect: { linkingStatus: 'ELEVATED_ERROR_RATE' } })
  const browser = browse(server)
  await browser.go(await link(server))
  await browser.press('Continue')
  t.match(browser.page().text, '>Tesla<small>May take several tries</small></button>')
  await browser.press('Tesla<small>May take several tries</small>')
  t.match(browser.page(), { title: 'Review data access', text: 'role="note">Connecting to Tesla fails more often' })
  await browser.press('Allow and continue')
  await browser.press('Sign in', credentials)
  t.match(await browser.press('Connect'), { title: 'You are connected' })

  const other = browse(server)
  await other.go(await link(server, { scopes: ['charger:read:data'], vendor: 'TESLA' }))
  t.notMatch(await other.press('Continue'), { text: 'role="note"' }, 'not where only other types of the vendor are linked')
})

t.test('a vendor with an outage is refused wherever the user stands, and nothing is linked', async t => {
  const server = await build(t)
  const credentials = await account(server)
  const audi = await account(server, { vendor: 'AUDI' })
  const out = async (vendor: string): Promise<string> => (await server.mock('POST', '/faults', { on: { vendor }, effect: { linkingStatus: 'OUTAGE' } })).body.id
  await out('AUDI')
  const url = await link(server)
  const browser = browse(server)
  await browser.go(url)
  await browser.press('Continue')
  t.match(await browser.press('Audi<small class="out">Not available now</small>'), { status: 200, title: 'Audi is not available', text: /<title>Error: [\s\S]*role="alert">Audi cannot be connected right now\. Nothing was changed/ })
  t.notMatch(browser.page().text, '<form')
  for (const [path, form] of [['/review', 'answer=allow'], ['/sign-in', new URLSearchParams(audi).toString()], ['/devices', 'answer=connect']] as const) {
    const before = progress(server, url)
    t.match(await browser.post(url + path, form), { title: 'Audi is not available' })
    t.match(await browser.go(url + path), { title: 'Audi is not available' })
    t.equal(progress(server, url), before, `${path} changes nothing`)
  }
  t.match(await browser.link('Choose another brand'), { title: 'Choose your brand' })
  await browser.press('Tesla')
  await browser.press('Allow and continue')
  await browser.press('Sign in', credentials)
  const outage = await out('TESLA')
  t.match(await browser.press('Connect'), { title: 'Tesla is not available' }, 'also when it comes about on the last page')
  t.equal(rows(server), '[[],[]]')
  t.match(await browser.link('Exit'), { url: /^https:\/\/example\.com\/back\?from=link&error=user_exited&/ })
  await server.mock('DELETE', `/faults/${outage}`)
  t.match(await browser.go(`${url}/devices`), { title: 'Device found' }, 'goes on where it stood when the outage is over')
  t.match(await browser.press('Connect'), { title: 'You are connected' })
  await out('TESLA')
  t.match(await browser.reload(), { title: 'You are connected' }, 'what is linked stays')

  const given = await server.call('POST', '/users/bert/link', { scopes: read, language: 'en-US', redirectUri: 'https://example.com/', vendor: 'AUDI' })
  t.equal(given.status, 200, 'the session can be started: it is Link UI that refuses')
  await browser.go(given.body.linkUrl)
  t.match(await browser.press('Continue'), { title: 'Audi is not available' })
  t.notMatch(browser.page().text, 'Choose another brand')
  t.match(await browser.link('Try again'), { title: 'Audi is not available' })
  await server.mock('DELETE', '/faults')
  t.match(await browser.link('Try again'), { title: 'Review data access' })
})

t.test('texts stand out from what is behind them as WCAG AA asks, in both schemes', async t => {
  const schemes = [...styles.matchAll(/--page: [^}]*/g)].map(([text]) => Object.fromEntries([...text.matchAll(/--([\w-]+): (#\w+)/g)].map(([, name = '', colour = '']) => [name, colour])))
  t.equal(schemes.length, 3, 'light, and dark twice: for the system and by force')
  t.same(schemes[1], schemes[2])
  t.equal(contrast('#000', '#fff'), 21)
  for (const colours of schemes.slice(0, 2)) {
    for (const [least, pairs] of [
      [4.5, ['text card', 'text page', 'text field', 'soft card', 'soft page', 'accent page', 'accent card', 'on-accent accent', 'on-mark mark', 'on-mark field', 'on-bad bad', 'on-bad field']],
      // Edges of fields and the ring of the focus.
      [3, ['soft field', 'accent page', 'accent card']]
    ] as const) {
      for (const pair of pairs) {
        const [front = '', back = ''] = pair.split(' ').map(name => colours[name])
        t.ok(contrast(front, back) >= least, `${pair}: ${front} on ${back} is ${contrast(front, back).toFixed(1)}`)
      }
    }
  }
})

/** The contrast ratio of two colours, by WCAG 2.2. */
function contrast (a: string, b: string): number {
  const luminance = (colour: string): number => {
    const digits = colour.length === 4 ? colour.replaceAll(/\w/g, '$&$&') : colour
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => parseInt(digits.slice(at, at + 2), 16) / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}
