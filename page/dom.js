/** Markup: its own text is ours, and what was put into it is escaped. */
export class Html {
  constructor (text) { this.text = text }
}

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Escapes everything that is put in, unless it is markup itself. Nothing comes of null, undefined and false. */
export function html (strings, ...pieces) {
  return new Html(strings.map((text, i) => text + (i < pieces.length ? printed(pieces[i]) : '')).join(''))
}

function printed (piece) {
  if (piece instanceof Html) return piece.text
  if (Array.isArray(piece)) return piece.map(printed).join('')
  if (piece === null || piece === undefined || piece === false) return ''
  return String(piece).replaceAll(/[&<>"']/g, letter => entities[letter])
}

/** Makes the content of an element what the markup says, and keeps what is there already: focus, what was typed, what was opened. */
export function show (element, markup) {
  const template = document.createElement('template')
  template.innerHTML = markup.text
  morphChildren(element, template.content)
}

function keyOf (node) {
  // Not `node.id`: a form answers that with its field of this name.
  return node.nodeType === 1 ? node.getAttribute('id') || node.dataset.key : undefined
}

function morphChildren (from, to) {
  const wanted = new Set([...to.childNodes].map(keyOf).filter(Boolean))
  for (const node of [...from.childNodes]) if (keyOf(node) && !wanted.has(keyOf(node))) node.remove()
  const keyed = new Map([...from.childNodes].filter(keyOf).map(node => [keyOf(node), node]))
  let old = from.firstChild
  for (const fresh of [...to.childNodes]) {
    const key = keyOf(fresh)
    const found = key ? keyed.get(key) : old !== null && !keyOf(old) ? old : undefined
    if (found === undefined || found.nodeName !== fresh.nodeName) {
      from.insertBefore(fresh, old)
      continue
    }
    if (found === old) old = old.nextSibling
    else from.insertBefore(found, old)
    morph(found, fresh)
  }
  while (old !== null) {
    const next = old.nextSibling
    old.remove()
    old = next
  }
}

function morph (from, to) {
  if (from.nodeType !== 1) {
    if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue
    return
  }
  // Whoever opened it closes it.
  const isOwn = name => name === 'open' && (from.nodeName === 'DETAILS' || from.nodeName === 'DIALOG')
  for (const { name } of [...from.attributes]) if (!to.hasAttribute(name) && !isOwn(name)) from.removeAttribute(name)
  for (const { name, value } of to.attributes) if (from.getAttribute(name) !== value && !isOwn(name)) from.setAttribute(name, value)
  morphChildren(from, to)
}
