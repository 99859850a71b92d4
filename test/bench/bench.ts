import { printBars, printHeader } from './figures.ts'
import { followedFigures } from './followed.ts'
import { homeFigures } from './home.ts'
import { httpFigures } from './http.ts'
import { livesFigures } from './lives.ts'
import { memoryFigures } from './memory.ts'
import { mixedFigures } from './mixed.ts'
import { peerFigures } from './peers.ts'
import { promptFigures } from './prompt.ts'
import { scaleFigures } from './scale.ts'
import { smartFigures } from './smart.ts'
import { startFigures } from './start.ts'
import { timeFigures } from './time.ts'
import { webhookFigures } from './webhooks.ts'

/**
 * `npm run bench` measures all of it, `npm run bench -- start http` some of it, and `npm run bench -- mixed=1000` a part
 * that takes a size at another than its own. Everything is measured on `dist/`.
 */
const parts: Record<string, (size: number | undefined) => Promise<void>> = {
  start: startFigures,
  http: httpFigures,
  webhooks: webhookFigures,
  time: timeFigures,
  prompt: promptFigures,
  memory: memoryFigures,
  scale: scaleFigures,
  mixed: size => mixedFigures(size ?? 10_000),
  home: homeFigures,
  lives: size => livesFigures(size ?? 1000),
  smart: smartFigures,
  followed: size => followedFigures(size ?? 10_000),
  peers: peerFigures
}

const asked = new Map(process.argv.slice(2).map(each => {
  const [name = '', size] = each.split('=')
  return [name, size === undefined ? undefined : Number(size)]
}))
for (const [name, size] of asked) {
  if (parts[name] === undefined) refuse(`there is no part ${name}: the parts are ${Object.keys(parts).join(', ')}`)
  if (size !== undefined && !(Number.isInteger(size) && size > 0)) refuse(`the size of ${name} must be a whole number above 0`)
  if (size !== undefined && parts[name]?.length === 0) refuse(`${name} has only its own size`)
}

printHeader()
for (const [name, measure] of Object.entries(parts)) {
  // Peers are installed from the registry first, so they come when they are asked for.
  if (asked.size === 0 ? name !== 'peers' : asked.has(name)) await measure(asked.get(name))
}
printBars()

function refuse (why: string): never {
  console.error(why)
  process.exit(2)
}
