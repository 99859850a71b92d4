import { html } from './dom.js'
import { count, dateOf, timeOf } from './format.js'
import { button, chip, field, loading, select } from './parts.js'

/** Worlds, and what can be done to a whole one. */
export function worldsView (state) {
  const { worlds, world, snapshots, missing, created } = state
  return html`<h1 tabindex="-1">Worlds</h1><p class="soft">Each has its own users, devices, webhooks, clock and credentials; none sees another.</p>
  ${created !== undefined && html`<div class="notice" role="status"><p><b>World ${created.name} is made.</b> Its secret is shown only now.</p><dl class="facts"><div><dt>Client id</dt><dd><code>${created.clientId}</code></dd></div><div><dt>Client secret</dt><dd><code>${created.clientSecret}</code></dd></div></dl></div>`}
  <ul class="cards wide">${worlds.map(each => html`<li class="card" data-key="${each.name}"><div class="row"><h2>${each.name}</h2>${each.name === world && chip('Shown', 'live')}</div>
    <dl class="facts"><div><dt>Time</dt><dd>${dateOf(each.clock.now)} ${timeOf(each.clock.now)}, ${each.clock.mode}</dd></div><div><dt>Fixture</dt><dd>${each.fixture}</dd></div><div><dt>Seed</dt><dd>${each.seed}</dd></div><div><dt>Client id</dt><dd><code>${each.clientId}</code></dd></div></dl>
    <div class="acts">${each.name !== world && button('Show', 'enter', { name: each.name }, { about: each.name, look: 'primary' })}${each.name === world && button('Reset to its start', 'reset', { name: each.name }, { about: each.name })}${each.name !== 'default' && button('Delete', 'deleteWorld', { name: each.name }, { about: each.name, look: 'danger quiet' })}</div></li>`)}</ul>
  <div class="columns"><section class="card"><h2>New world</h2><form class="stack" data-form="newWorld">
    ${field('Name', html`<input name="name" pattern="[A-Za-z0-9._\\-]{1,64}" autocomplete="off" spellcheck="false">`, 'Letters, digits, dots and dashes; left empty, the next free number.')}
    <div class="fields">${field('Fixture', html`<input name="fixture" value="demo" pattern="[a-z0-9\\-]{1,64}" autocomplete="off" spellcheck="false">`, 'Such as demo, home, street, fleet, edge-cases or empty.')}${field('Seed', html`<input type="number" name="seed" min="0" max="4294967295" placeholder="1" inputmode="numeric">`)}
    ${field('Clock', select('clock', ['frozen', 'running']))}${field('Starts at (UTC)', html`<input type="datetime-local" name="now">`)}</div>
    <button class="primary">Make the world</button></form></section>
  <section class="card"><h2>Snapshots of ${world}</h2>${missing.has('snapshots')
? html`<p class="soft">This server takes none; a newer one does.</p>`
: html`
    <form class="inline" data-form="saveSnapshot">${field('Name', html`<input name="name" required pattern="[A-Za-z0-9._\\-]{1,64}" autocomplete="off" spellcheck="false">`)}<button class="primary">Save</button></form>
    ${snapshots === undefined ? loading : snapshots.length === 0 ? html`<p class="soft">None yet. A snapshot holds all of the world: devices, timers, pending deliveries, the clock.</p>` : html`<ul class="rows plain">${snapshots.map(({ name, now, bytes }) => html`<li data-key="${name}"><div class="row"><span><b>${name}</b><br><span class="soft">${dateOf(now)} ${timeOf(now)} · ${count(Math.ceil(bytes / 1024), 'KiB', 'KiB')}</span></span><span class="acts">${button('Restore', 'restore', { name }, { about: name })}${button('Delete', 'deleteSnapshot', { name }, { about: name, look: 'danger quiet' })}</span></div></li>`)}</ul>`}`}</section></div>`
}
