import { printHeader } from './figures.ts'
import { homeFigures } from './home.ts'
import { httpFigures } from './http.ts'
import { memoryFigures } from './memory.ts'
import { scaleFigures } from './scale.ts'
import { smartFigures } from './smart.ts'
import { startFigures } from './start.ts'
import { timeFigures } from './time.ts'
import { webhookFigures } from './webhooks.ts'

/** `npm run bench` measures all of it, `npm run bench -- start http` some of it. Everything is measured on `dist/`. */
const parts: Record<string, () => Promise<void>> = {
  start: startFigures,
  http: httpFigures,
  webhooks: webhookFigures,
  time: timeFigures,
  memory: memoryFigures,
  scale: scaleFigures,
  home: homeFigures,
  smart: smartFigures
}

const asked = process.argv.slice(2)
const unknown = asked.find(name => parts[name] === undefined)
if (unknown !== undefined) {
  console.error(`there is no part ${unknown}: the parts are ${Object.keys(parts).join(', ')}`)
  process.exit(2)
}

printHeader()
for (const [name, measure] of Object.entries(parts)) {
  if (asked.length === 0 || asked.includes(name)) await measure()
}
