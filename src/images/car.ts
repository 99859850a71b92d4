import { type CarBody, type CarPaint } from '../contract/image.ts'
import { carShapes } from './car-shapes.ts'
import { paints } from './colours.ts'

const ground = 510
const trim = '#1b1f24'

/** The whole of a drawing: 1200 x 600 on nothing. */
export function drawCar (body: CarBody, paint: CarPaint): string {
  const { hull, screen, glass, posts, seams, crease, handles, mirror, headlamp, tailLamp, wheels: [front, rear, radius] } = carShapes[body]
  const middle = (front + rear) / 2
  const axle = ground - radius
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="600">
<defs>
<radialGradient id="shadow"><stop offset="0" stop-opacity=".42"/><stop offset=".6" stop-opacity=".26"/><stop offset="1" stop-opacity="0"/></radialGradient>
<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#fff" stop-opacity=".22"/><stop offset=".45" stop-color="#fff" stop-opacity="0"/></linearGradient>
<clipPath id="body"><path d="${hull}"/></clipPath>
<clipPath id="windows"><path d="${glass}"/></clipPath>
</defs>
<ellipse cx="${middle}" cy="${ground - 3}" rx="${(rear - front) / 2 + 190}" ry="17" fill="url(#shadow)"/>
<rect x="${front}" y="430" width="${rear - front}" height="40" fill="${trim}"/>
<path d="${hull}" fill="${paints[paint]}"/>
<g clip-path="url(#body)">
<path d="${hull}" fill="url(#sky)"/>
<path d="${crease} L1200 600 L0 600 Z" fill-opacity=".13"/>
<path d="${crease}" fill="none" stroke="#fff" stroke-opacity=".28" stroke-width="3"/>
<path d="${screen}" fill="none" stroke="#35404b" stroke-width="20"/>
<rect y="446" width="1200" height="40" fill="${trim}"/>
${[front, rear].map(x => `<circle cx="${x}" cy="${axle}" r="${radius + 13}" fill="${trim}"/>`).join('')}
<path d="${headlamp}" fill="#f4f8fb" stroke="#000" stroke-opacity=".3" stroke-width="2.5"/>
<path d="${tailLamp}" fill="#d32f36"/>
<path d="${hull}" fill="none" stroke="#000" stroke-opacity=".22" stroke-width="4"/>
</g>
<path d="${glass}" fill="#28313a"/>
<g clip-path="url(#windows)">
<path d="M${middle - 210} 340 L${middle - 40} 100 L${middle + 50} 100 L${middle - 120} 340 Z M${middle - 95} 340 L${middle + 75} 100 L${middle + 100} 100 L${middle - 70} 340 Z M${middle + 130} 340 L${middle + 300} 100 L${middle + 360} 100 L${middle + 190} 340 Z" fill="#fff" fill-opacity=".1"/>
<path d="${posts}" fill="none" stroke="${trim}" stroke-width="16"/>
</g>
<path d="${seams}" fill="none" stroke="#000" stroke-opacity=".24" stroke-width="2.5" stroke-linejoin="round"/>
${handles.map(([x, y]) => `<rect x="${x}" y="${y}" width="50" height="8" rx="4" fill-opacity=".38"/>`).join('')}
<path d="M${mirror[0]} ${mirror[1] - 10} q2 -14 18 -14 h14 q10 0 10 10 v6 q0 10 -12 10 h-18 l-6 12 h-8 z" fill="${trim}"/>
${[front, rear].map(x => wheel(x, axle, radius)).join('\n')}
</svg>`
}

/** A wheel of five broad spokes. */
function wheel (x: number, y: number, radius: number): string {
  const gap = '<path d="M-11 -25 L-24 -54 Q0 -66 24 -54 L11 -25 Q0 -18 -11 -25 Z"/>'
  return `<g transform="translate(${x} ${y}) scale(${radius / 100})">
<circle r="100" fill="#20242a"/>
<circle r="76" fill="#c3cad1"/>
<circle r="70" fill="#e3e7ea"/>
<g fill="#3a4149">${[0, 72, 144, 216, 288].map(turn => `<g transform="rotate(${turn})">${gap}</g>`).join('')}</g>
<circle r="13" fill="#aeb6bd"/>
</g>`
}
