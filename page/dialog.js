import { html, show } from './dom.js'

/** Asks before something is lost; false when it shall not be. */
export async function ask (title, text, verb) {
  const dialog = document.createElement('dialog')
  dialog.setAttribute('aria-labelledby', 'dialog-title')
  show(dialog, html`<form method="dialog"><h2 id="dialog-title">${title}</h2><p>${text}</p><div class="acts"><button value="no" autofocus>Leave it</button><button value="yes" class="danger">${verb}</button></div></form>`)
  document.body.append(dialog)
  dialog.showModal()
  await new Promise(resolve => { dialog.addEventListener('close', resolve, { once: true }) })
  dialog.remove()
  return dialog.returnValue === 'yes'
}
