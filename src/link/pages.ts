import type { VendorStatus } from '../contract/health.ts'
import { vendorNames } from '../contract/vendor-names.ts'
import { typesOf, vendorsOf, type FoundDevice } from '../domain/linking/link-sessions.ts'
import { fromJson } from '../lib/json.ts'
import { html, type Html, type Piece } from './html.ts'
import { layout, type Look, type Page } from './layout.ts'
import type { Texts } from './texts/en-US.ts'
import { isAsked, isRefused, servicesOf, pageNames, type PageName, type Visit } from './visit.ts'

/** All that a page shows. */
export interface View {
  visit: Visit
  look: Look
  /** The URL of another page of this session, relative to this one. */
  to: (page: PageName | 'complete' | 'exit') => string
  /** What the account that signed in holds. */
  found: FoundDevice[]
  /** The vendors that have a virtual account here. */
  ready: ReadonlySet<string>
}

/** The most devices that are listed by name. */
const mostShown = 100

const listAccounts = html`<code>GET /_mock/accounts</code>`
const makeAccount = html`<code>POST /_mock/accounts</code>`

/** The document of a page. */
export function render (step: PageName, view: View): string {
  return layout(view.look, (isRefused(view.visit, step) ? outage : pages[step])(view))
}

/** The page that says what went wrong; `note` is for those who build on it. */
export function renderTrouble (look: Look, trouble: keyof Texts['trouble'], note?: string): string {
  const [title, says] = look.texts.trouble[trouble]
  return layout(look, { title, failed: true, content: html`<p>${says}</p>${note === undefined ? '' : html`<p class="soft">${look.texts.forDevelopers} <span lang="en">${note}</span></p>`}` })
}

const pages: Record<PageName, (view: View) => Page> = { intro, brand, service, review, 'sign-in': signIn, devices, success }

function intro ({ look: { texts }, to }: View): Page {
  return {
    title: texts.intro.title,
    exit: to('exit'),
    content: html`<p>${texts.intro.lead}</p>
<ul class="plain">${texts.intro.points.map(([what, why]) => html`<li><strong>${what}</strong><span>${why}</span></li>`)}</ul>
<form method="post" action="${to('intro')}"><button name="answer" value="start">${texts.continue}</button></form>`
  }
}

function brand ({ visit, look: { texts }, ready, to }: View): Page {
  const choices = vendorsOf(visit.session).map(vendor => ({ vendor, name: vendorNames[vendor] }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
  const groups = [
    { title: texts.brand.ready, brands: choices.filter(({ vendor }) => ready.has(vendor)) },
    { title: choices.some(({ vendor }) => ready.has(vendor)) ? texts.brand.others : texts.brand.all, brands: choices.filter(({ vendor }) => !ready.has(vendor)) }
  ]
  return {
    title: texts.brand.title,
    ...frame('brand', visit, texts, to),
    content: html`<p>${texts.brand.lead}</p>
<form method="post" action="${to('brand')}">${groups.filter(({ brands }) => brands.length > 0).map(({ title, brands }) => html`
<h2>${title}</h2>
<div class="brands">${brands.map(({ vendor, name }) => html`<button name="vendor" value="${vendor}">${name}${notes[visit.statusOf(vendor)](texts)}</button>`)}</div>`)}
</form>`
  }
}

const notes: Record<VendorStatus, (texts: Texts) => Piece> = {
  READY: () => '',
  ELEVATED_ERROR_RATE: texts => html`<small>${texts.elevated.short}</small>`,
  OUTAGE: texts => html`<small class="out">${texts.outage.short}</small>`
}

function service ({ visit, look: { texts }, to }: View): Page {
  return {
    title: texts.service.title,
    ...frame('service', visit, texts, to),
    content: html`<p>${texts.service.lead(brandOf(visit))}</p>
<form method="post" action="${to('service')}"><div class="brands">${servicesOf(visit).map(name => html`<button name="service" value="${name}">${name}</button>`)}</div></form>`
  }
}

/** Stands in for every page that would lead to connecting a brand while it has an outage. */
function outage ({ visit, look: { texts }, to }: View): Page {
  const brand = brandOf(visit)
  const isGiven = visit.session.vendor !== null
  return {
    title: texts.outage.title(brand),
    failed: true,
    exit: to('exit'),
    content: html`<p class="alert" role="alert">${texts.outage.says(brand)}</p>
<a class="button" href="${to(isGiven ? 'review' : 'brand')}">${isGiven ? texts.outage.retry : texts.outage.other}</a>`
  }
}

function review ({ visit, look: { texts }, to }: View): Page {
  const scopes = fromJson(visit.session.scopes)
  const isElevated = visit.vendor !== undefined && visit.statusOf(visit.vendor) === 'ELEVATED_ERROR_RATE'
  return {
    title: texts.review.title,
    ...frame('review', visit, texts, to),
    content: html`${isElevated ? html`<p class="notice" role="note">${texts.elevated.says(brandOf(visit))}</p>` : ''}<p>${texts.review.lead(brandOf(visit))}</p>
${typesOf(visit.session).map(type => html`<h2>${texts.review.types[type]}</h2>
<ul>${scopes.filter(scope => scope.startsWith(`${type}:`)).map(scope => html`<li>${texts.review.scopes[scope]}<small>${texts.review.example} ${texts.review.examples[scope]}</small></li>`)}</ul>`)}
<form method="post" action="${to('review')}"><button name="answer" value="allow">${texts.review.allow}</button></form>`
  }
}

function signIn ({ visit, look: { texts: { signIn: words, ...texts } }, to }: View): Page {
  const { failed } = visit.progress
  const wrong = failed === undefined ? '' : html` aria-invalid="true" aria-describedby="failed"`
  return {
    title: words.title(visit.progress.service ?? brandOf(visit)),
    ...frame('sign-in', visit, texts, to),
    failed: failed !== undefined,
    content: html`${failed === undefined ? '' : html`<p class="alert" id="failed" role="alert">${failed.isOther ? words.other(brandOf(visit)) : words.failed(brandOf(visit), listAccounts, makeAccount)}</p>`}
<form method="post" action="${to('sign-in')}">
<label for="username">${words.username}</label>
<input id="username" name="username" value="${failed?.as ?? ''}" required maxlength="200" autocomplete="username" autocapitalize="none" autocorrect="off" spellcheck="false"${wrong}>
<label for="password">${words.password}</label>
<input id="password" name="password" type="password" required maxlength="200" autocomplete="current-password"${wrong}>
<p class="soft">${failed === undefined ? html`${words.hint(listAccounts, makeAccount)} ` : ''}${words.warning}</p>
<button>${words.submit}</button>
</form>`
  }
}

function devices ({ visit, look: { texts }, found, to }: View): Page {
  const words = texts.devices
  const page = { title: words.title(found.length), ...frame('devices', visit, texts, to) }
  if (found.length === 0) {
    return {
      ...page,
      content: html`<p>${words.none(brandOf(visit), typesOf(visit.session).map(type => texts.review.types[type]))}</p>
<a class="button" href="${to('sign-in')}">${words.other}</a>`
    }
  }
  return {
    ...page,
    content: html`<p>${words.lead(found.length, brandOf(visit))}</p>
${listOf(found, texts)}
<form method="post" action="${to('devices')}"><button name="answer" value="connect">${words.connect}</button></form>`
  }
}

function success ({ visit, look: { texts }, found, to }: View): Page {
  return {
    title: texts.success.title,
    content: html`<p>${texts.success.lead(found.length, brandOf(visit))}</p>
${listOf(found, texts)}
<a class="button" href="${to('complete')}">${texts.success.complete}</a>`
  }
}

function listOf (found: FoundDevice[], texts: Texts): Html {
  const shown = found.slice(0, mostShown).map(({ type, displayName, brand, model, year }) => {
    const make = [brand, model].filter(part => part !== null).join(' ')
    const about = [displayName === null ? '' : make, year ?? '', texts.review.types[type]].filter(part => part !== '').join(' · ')
    return html`<li><strong>${displayName ?? (make === '' ? texts.review.types[type] : make)}</strong><span>${about}</span></li>`
  })
  return html`<ul class="plain">${shown}${found.length > mostShown ? html`<li>${texts.devices.more(found.length - mostShown)}</li>` : ''}</ul>`
}

/** The steps between the first and the last page are counted, of those that have something to ask. */
function frame (step: PageName, visit: Visit, texts: Pick<Texts, 'step'>, to: View['to']): Pick<Page, 'step' | 'back' | 'exit'> {
  const counted = pageNames.slice(1, -1).filter(each => isAsked(visit, each))
  const at = counted.indexOf(step)
  return { step: texts.step(at + 1, counted.length), back: to(counted[at - 1] ?? 'intro'), exit: to('exit') }
}

function brandOf ({ vendor }: Visit): string {
  return vendor === undefined ? '' : vendorNames[vendor]
}
