import { mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContextOptions, type Page } from 'playwright-core'
import type { Test } from 'tap'
import { startMock } from '../../src/index.ts'
import type { Body } from '../helpers/build.ts'

/** Where the pictures of the pages go; they are looked at, not compared. */
const folder = process.env.SCREENSHOTS ?? join(tmpdir(), 'mock-enode-screenshots')
mkdirSync(folder, { recursive: true })

export const screenshots = folder

export async function launch () {
  return await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
  })
}

/** A server on a frozen clock, an app to come back to, and pages of one's own in a browser; all closed when the test ends. */
export async function visit (t: Test, browser: Awaited<ReturnType<typeof launch>>) {
  const mock = await startMock({ port: 0, fixture: 'empty', clock: 'frozen', now: '2026-01-01T00:00:00Z', seed: 7 })
  const app = createServer((_request, response) => { response.setHeader('content-type', 'text/html').end('<h1>Back in the app</h1>') })
  await new Promise<void>(resolve => { app.listen(0, '127.0.0.1', resolve) })
  t.teardown(async () => {
    await mock.close()
    app.closeAllConnections()
    app.close()
  })
  const redirectUri = `http://127.0.0.1:${(app.address() as AddressInfo).port}/back?from=link`

  const send = async (method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Body> => {
    const response = await fetch(mock.url + path, { method, headers: { 'content-type': 'application/json', ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${text}`)
    return text === '' ? {} : JSON.parse(text) as Body
  }
  const call = async (method: string, path: string, body?: unknown): Promise<Body> => {
    const basic = Buffer.from(`${mock.clientId}:${mock.clientSecret}`).toString('base64')
    const token = await fetch(mock.tokenUrl, { method: 'POST', headers: { authorization: `Basic ${basic}` }, body: new URLSearchParams({ grant_type: 'client_credentials' }) })
    const { access_token: bearer } = await token.json() as { access_token: string }
    return await send(method, path, body, { authorization: `Bearer ${bearer}` })
  }

  return {
    mock,
    redirectUri,
    call,
    control: async (method: string, path: string, body?: unknown): Promise<Body> => await send(method, `/_mock${path}`, body, {}),
    link: async (body: Body = {}): Promise<string> => String((await call('POST', '/users/anna/link', {
      scopes: ['vehicle:read:data', 'vehicle:read:location', 'vehicle:control:charging', 'charger:read:data'], language: 'en-US', redirectUri, ...body
    })).linkUrl),
    open: async (options: BrowserContextOptions = {}): Promise<Page> => {
      const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, locale: 'en-US', ...options })
      t.teardown(async () => { await context.close() })
      return await context.newPage()
    }
  }
}

export async function picture (page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}

/** Pixels by which a page is wider than its window. */
export async function overflow (page: Page): Promise<number> {
  return await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
}

/** Presses the button, or follows the link, of this name. */
export async function press (page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name }).or(page.getByRole('link', { name })).first().click()
}

export async function signIn (page: Page, { username, password }: Body): Promise<void> {
  await page.locator('#username').fill(String(username))
  await page.locator('#password').fill(String(password))
  await page.locator('main form button').click()
}
