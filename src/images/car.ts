import { type CarBody, type CarPaint } from '../contract/image.ts'
import { carShapes } from './car-shapes.ts'
import { paints } from './colours.ts'

const ground = 510

/** The whole of a drawing: 1200 x 600 on nothing. */
export function drawCar (body: CarBody, paint: CarPaint): string {
  const { hull, glass, posts, seams, crease, handles, headlamp, tailLamp, wheels: [front, rear, radius] } = carShapes[body]
  const middle = (front + rear) / 2
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="600">
<defs>
<linearGradient id="light" x1="0" y1="0" x2="0" y2="1">
<stop offset="0" stop-color="#fff" stop-opacity=".38"/><stop offset=".42" stop-color="#fff" stop-opacity=".08"/>
<stop offset=".62" stop-opacity=".04"/><stop offset="1" stop-opacity=".42"/>
</linearGradient>
<linearGradient id="glass" x1="0" y1="0" x2=".25" y2="1"><stop offset="0" stop-color="#56636f"/><stop offset=".5" stop-color="#2c353e"/><stop offset="1" stop-color="#1a2027"/></linearGradient>
<linearGradient id="rim" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#e6e9ec"/><stop offset="1" stop-color="#9aa1a8"/></linearGradient>
<radialGradient id="shadow"><stop offset="0" stop-opacity=".5"/><stop offset=".7" stop-opacity=".28"/><stop offset="1" stop-opacity="0"/></radialGradient>
<clipPath id="body"><path d="${hull}"/></clipPath>
<clipPath id="windows"><path d="${glass}"/></clipPath>
</defs>
<ellipse cx="${middle}" cy="${ground}" rx="${(rear - front) / 2 + 230}" ry="24" fill="url(#shadow)"/>
<path d="${hull}" fill="${paints[paint]}"/>
<path d="${hull}" fill="url(#light)"/>
<g clip-path="url(#body)">
<path d="${crease}" fill="none" stroke="#fff" stroke-opacity=".4" stroke-width="3"/>
<rect y="438" width="1200" height="40" fill="#14171b" fill-opacity=".82"/>
${[front, rear].map(x => `<circle cx="${x}" cy="${ground - radius}" r="${radius + 15}" fill="#101316"/>`).join('')}
</g>
<path d="${hull}" fill="none" stroke="#000" stroke-opacity=".28" stroke-width="2.5"/>
<path d="${glass}" fill="url(#glass)" stroke="#101418" stroke-width="5"/>
<path d="${posts}" fill="none" stroke="#101418" stroke-width="13" clip-path="url(#windows)"/>
<path d="${seams}" fill="none" stroke="#000" stroke-opacity=".38" stroke-width="2.5" stroke-linejoin="round"/>
${handles.map(([x, y]) => `<rect x="${x}" y="${y}" width="50" height="10" rx="5" fill="#000" fill-opacity=".42"/>`).join('')}
<path d="${headlamp}" fill="#f3f7fb" stroke="#3c444c" stroke-width="3"/>
<path d="${tailLamp}" fill="#c9252b" stroke="#5d1013" stroke-width="2.5"/>
${[front, rear].map(x => wheel(x, ground - radius, radius)).join('\n')}
</svg>`
}

function wheel (x: number, y: number, radius: number): string {
  const rim = radius * 0.72
  const spoke = `<path d="M-6 0 L-11 ${-rim} L11 ${-rim} L6 0 Z"/>`
  return `<g transform="translate(${x} ${y})">
<circle r="${radius}" fill="#1b1e22"/>
<circle r="${rim}" fill="#33383e"/>
<g fill="url(#rim)">${[0, 72, 144, 216, 288].map(turn => `<g transform="rotate(${turn})">${spoke}</g>`).join('')}</g>
<circle r="${rim}" fill="none" stroke="#c3c9cf" stroke-width="6"/>
<circle r="${radius * 0.15}" fill="#7d848b" stroke="#4b5157" stroke-width="3"/>
</g>`
}
