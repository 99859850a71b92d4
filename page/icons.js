import { Html } from './dom.js'

const paths = {
  vehicle: '<path d="M4 16v-3.2c0-.6.3-1.1.8-1.4L6.5 10l1.6-3.4C8.4 6 9 5.6 9.7 5.6h4.8c.7 0 1.3.4 1.6 1L17.7 10l1.7.9c.4.2.6.7.6 1.1v4M4 16h1.5M9.5 16h5M18.5 16H20M7 10h10.5"/><circle cx="7.5" cy="16.2" r="2"/><circle cx="16.5" cy="16.2" r="2"/>',
  charger: '<path d="M5 20V5.5C5 4.7 5.7 4 6.5 4h6c.8 0 1.5.7 1.5 1.5V20M3.5 20h12M10 8l-2 3.6h3L9 15"/><path d="M14 12h2c.8 0 1.5.7 1.5 1.5v2.8a1.5 1.5 0 0 0 3 0V9.5L18 7"/>',
  hvac: '<path d="M10 13.6V6a2 2 0 1 1 4 0v7.6a4 4 0 1 1-4 0Z"/><path d="M12 9v8"/><circle cx="12" cy="17" r="1.2"/>',
  inverter: '<circle cx="12" cy="12" r="3.6"/><path d="M12 3.5v2M12 18.5v2M3.5 12h2M18.5 12h2M6 6l1.4 1.4M16.6 16.6 18 18M6 18l1.4-1.4M16.6 7.4 18 6"/>',
  battery: '<rect x="3.5" y="8" width="15" height="8.5" rx="2"/><path d="M20.5 11v2.5M11.8 9.8l-2 2.7h3l-2 2.7"/>',
  meter: '<circle cx="12" cy="12" r="8"/><path d="m12 13 3-4M7.5 14a5 5 0 0 1 9 0"/><circle cx="12" cy="13.5" r="1"/>',
  devices: '<path d="M4 11.5 12 5l8 6.5M6 10v9h12v-9M10 19v-5h4v5"/>',
  accounts: '<circle cx="12" cy="8.5" r="3.5"/><path d="M5 19.5c.6-3.6 3.4-5.5 7-5.5s6.4 1.9 7 5.5"/>',
  actions: '<path d="M13.5 3.5 6 13.5h5L10 20.5l8-10.5h-5.2z"/>',
  webhooks: '<path d="M4 12h13M12.5 6.5 18 12l-5.5 5.5M20.5 5v14"/>',
  faults: '<path d="M12 4.5 3.5 19h17zM12 10v4.5M12 16.6v.4"/>',
  requests: '<path d="M8 7 3.5 12 8 17M16 7l4.5 5-4.5 5M13.5 5l-3 14"/>',
  timeline: '<path d="M7 4v16"/><circle cx="7" cy="7" r="1.8"/><circle cx="7" cy="16.5" r="1.8"/><path d="M11 7h9M11 16.5h6"/>',
  worlds: '<circle cx="12" cy="12" r="8"/><path d="M4 12h16M12 4c3 3 3 13 0 16M12 4c-3 3-3 13 0 16"/>',
  play: '<path d="M8 5.5v13l10.5-6.5z"/>',
  pause: '<path d="M9 6v12M15 6v12"/>'
}

/** A picture beside words that say the same. */
export function icon (name) {
  return new Html(`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${paths[name]}</svg>`)
}

/** The sign of mock-enode. */
export const mark = new Html('<svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="9"/><path d="M17.5 5 8 18.5h6.5L13 27l10-14h-6.7z"/></svg>')
