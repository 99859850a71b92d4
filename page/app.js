import { follow, gone, Trouble, worldName } from './api.js'
import { html, show } from './dom.js'
import { changes, handlers } from './handlers.js'
import { header, navigation } from './header.js'
import { forget, load, state } from './state.js'
import { accountsView } from './view-accounts.js'
import { actionsView } from './view-actions.js'
import { assetView } from './view-asset.js'
import { devicesView, homesOf, isEnergyHome } from './view-devices.js'
import { faultsView } from './view-faults.js'
import { requestsView, timelineView } from './view-journal.js'
import { dockView, webhooksView } from './view-webhooks.js'
import { worldsView } from './view-worlds.js'

const views = { '': devicesView, assets: assetView, accounts: accountsView, actions: actionsView, webhooks: webhooksView, faults: faultsView, requests: requestsView, timeline: timelineView, worlds: worldsView }
const [top, nav, main, dock, said, alerts] = ['top', 'nav', 'main', 'dock', 'said', 'alerts'].map(id => document.getElementById(id))

/** Homes whose day opens by itself; of a street, one has to choose. */
const mostOpen = 2

let isReady = false

function render () {
  show(alerts, state.trouble === undefined ? html`` : html`<div class="alert"><p>${state.trouble}</p><button type="button" data-do="dismiss">Close</button></div>`)
  if (state.needsToken) return show(main, tokenView())
  if (!isReady) {
    if (state.trouble !== undefined) show(main, html`<h1 tabindex="-1">World ${state.world}</h1><p><a href="./">The default world</a></p>`)
    return
  }
  const available = main.clientWidth - parseFloat(getComputedStyle(main).paddingLeft) * 2 - 40
  state.plotWidth = Math.max(280, Math.min(1100, available))
  show(top, header(state))
  show(nav, navigation(state))
  show(main, views[state.route.view](state))
  show(dock, state.route.view === 'webhooks' ? html`` : dockView(state))
  // What was chosen by hand follows what is so.
  for (const field of document.querySelectorAll('select[data-change]')) field.value = field.querySelector('[selected]')?.value ?? field.value
  for (const field of main.querySelectorAll('[data-scrub]')) field.value = field.getAttribute('value')
  document.title = `${main.querySelector('h1')?.textContent ?? ''} · ${state.world === 'default' ? '' : `${state.world} · `}mock-enode`
}

let isAsked = false
function renderSoon () {
  if (isAsked) return
  isAsked = true
  requestAnimationFrame(() => {
    isAsked = false
    render()
  })
}

function tokenView () {
  return html`<section class="card narrow"><h1 tabindex="-1">Control token</h1><p>This server was started with a control token. It is kept until this tab is closed.</p>
    <form class="stack" data-form="token"><label class="field"><span>Token</span><input type="password" name="token" required autocomplete="off"></label><button class="primary">Go on</button></form></section>`
}

function routeOf (hash) {
  const [view = '', id] = hash.slice(2).split('/')
  return { view: views[view] === undefined ? '' : view, id: id === undefined ? undefined : decodeURIComponent(id) }
}

let loading
let isLoadWanted = false
let timer

/** Reads what is on show, and shows it; whoever wishes that meanwhile waits for what is read after the wish. */
async function refresh () {
  isLoadWanted = true
  loading ??= readAll()
  await loading
}

async function readAll () {
  clearTimeout(timer)
  const began = performance.now()
  while (isLoadWanted) {
    isLoadWanted = false
    try {
      await load()
      if (state.trouble === gone) state.trouble = undefined
      isReady = true
      openDays()
      if (!isListening && !state.missing.has('stream')) listen()
    } catch (error) {
      fail(error)
    }
    render()
  }
  loading = undefined
  // A large world is looked at less often, and a frozen one that tells what happens seldom.
  const pause = state.isFollowing && state.clock?.mode === 'frozen' ? 10_000 : 1500
  timer = setTimeout(() => { if (!document.hidden) refresh() }, Math.max(pause, 10 * (performance.now() - began)))
}

function fail (error) {
  said.classList.remove('shown')
  if (error instanceof Trouble && error.status === 401) {
    state.needsToken = true
    if (sessionStorage.length > 0) state.trouble = 'That is not the control token of this server.'
  } else {
    state.trouble = error.message
    if (!(error instanceof Trouble)) console.error(error)
  }
}

/** The day of a home with solar, battery or meter says more than a number, so it is open from the start. */
let isChosen = false
function openDays () {
  if (isChosen) return
  isChosen = true
  const homes = homesOf(state.devices.slice(0, 500)).filter(isEnergyHome)
  if (homes.length === 0 || homes.length > mostOpen) return
  for (const { id } of homes) state.openDays.add(id)
  isLoadWanted = true
}

async function run (handler, args, form) {
  const before = state.world
  let says
  state.busy = handler === handlers.advance || handler === handlers.goTo ? 'advance' : args.id
  renderSoon()
  try {
    says = await handler(args, form)
    state.trouble = undefined
    if (form !== undefined) {
      form.reset()
      form.closest('details.menu')?.removeAttribute('open')
    }
  } catch (error) {
    fail(error instanceof SyntaxError ? new Trouble(0, `That is no JSON: ${error.message}`) : error)
  }
  state.busy = undefined
  state.version++
  if (worldName() !== before) enter()
  await refresh()
  if (typeof says === 'string') say(says)
}

let hush
function say (text) {
  said.textContent = text
  said.classList.add('shown')
  clearTimeout(hush)
  hush = setTimeout(() => { said.classList.remove('shown') }, 6000)
}

function enter () {
  forget()
  isReady = false
  isChosen = false
  ending.abort()
  isListening = false
  go()
}

/** Shows the view that the address names. */
function go () {
  if (location.hash !== '' && !location.hash.startsWith('#/')) return
  const isFirst = !isReady
  state.route = routeOf(location.hash)
  state.created = state.route.view === 'worlds' ? state.created : undefined
  // What they hold is of the view before.
  for (const part of ['timeline', 'actions', 'trips', 'life']) state[part] = undefined
  render()
  if (!isFirst) {
    scrollTo(0, 0)
    main.querySelector('h1')?.focus()
  }
  refresh()
}

let ending = new AbortController()
let told = 0
let isListening = false

/** Follows what happens, and comes back after the connection broke. */
async function listen () {
  ending.abort()
  const { signal } = ending = new AbortController()
  isListening = true
  while (!signal.aborted) {
    try {
      await follow('stream', signal, {
        opened: () => { state.isFollowing = true },
        tell: (kind, entry) => {
          state.live = [{ key: ++told, kind, ...entry }, ...state.live.slice(0, 199)]
          hear()
        }
      })
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof Trouble && error.status === 404) state.missing.add('stream')
      if (error instanceof Trouble && [401, 404].includes(error.status)) break
    }
    state.isFollowing = false
    await new Promise(resolve => { setTimeout(resolve, 2000) })
    if (signal.aborted) return
  }
  isListening = false
}

/** Many things happen at once; they are looked at once. */
let hearing
function hear () {
  renderSoon()
  hearing ??= setTimeout(() => {
    hearing = undefined
    state.version++
    refresh()
  }, 250)
}

document.addEventListener('click', event => {
  const button = event.target.closest('[data-do]')
  if (button === null) {
    for (const menu of document.querySelectorAll('details.menu[open]')) if (!menu.contains(event.target)) menu.removeAttribute('open')
    return
  }
  if (button.getAttribute('aria-busy') !== 'true') run(handlers[button.dataset.do], JSON.parse(button.dataset.args ?? '{}'))
})

document.addEventListener('submit', event => {
  const form = event.target
  if (form.dataset.form === undefined) return
  event.preventDefault()
  run(handlers[form.dataset.form], Object.fromEntries(new FormData(form)), form)
})

document.addEventListener('change', event => {
  const { change, toggle } = event.target.dataset
  if (toggle !== undefined) state[toggle] = event.target.checked
  if (change !== undefined) run(value => changes[change](value.value), { value: event.target.value })
})

document.addEventListener('input', event => {
  const { input, scrub } = event.target.dataset
  if (input !== undefined) state[input] = event.target.value
  if (scrub !== undefined) state.moments.set(scrub, Number(event.target.value))
  if (input !== undefined || scrub !== undefined) renderSoon()
})

document.addEventListener('keydown', event => {
  if (event.key !== 'Escape') return
  const menu = event.target.closest?.('details.menu[open]')
  menu?.removeAttribute('open')
  menu?.querySelector('summary').focus()
})

document.addEventListener('pointermove', event => {
  const plot = event.target.closest?.('.plot')
  if (plot === null || plot === undefined) return
  const { n, left, right } = plot.dataset
  const { x, width } = plot.getBoundingClientRect()
  const scale = width / plot.viewBox.baseVal.width
  const share = (event.clientX - x - left * scale) / (width - (Number(left) + Number(right)) * scale)
  state.moments.set(plot.closest('[data-plot]').dataset.plot, Math.round(Math.max(0, Math.min(1, share)) * (n - 1)))
  renderSoon()
})

document.addEventListener('pointerout', event => {
  const plot = event.target.closest?.('.plot')
  if (plot === null || plot === undefined || plot.contains(event.relatedTarget)) return
  state.moments.delete(plot.closest('[data-plot]').dataset.plot)
  renderSoon()
})

// A details element says that it opened, but does not say so upwards.
document.addEventListener('toggle', event => {
  const id = event.target.dataset?.day
  if (id === undefined || state.openDays.has(id) === event.target.open) return
  if (event.target.open) state.openDays.add(id)
  else state.openDays.delete(id)
  refresh()
}, true)

document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh() })
addEventListener('hashchange', go)
addEventListener('popstate', () => { if (worldName() !== state.world) enter() })
addEventListener('resize', renderSoon)
setInterval(() => { if (isReady && !document.hidden && state.clock?.mode === 'running' && !state.needsToken) show(top, header(state)) }, 250)

go()
