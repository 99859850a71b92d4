import { type BoxFinish, type BoxForm } from '../contract/image.ts'
import { finishes } from './colours.ts'

interface BoxShape {
  shell: string
  panel: string
  /** Where the light is that says what it does, and where the cable comes out. */
  light: string
  cable: readonly [x: number, y: number]
}

/** Charging boxes seen from the front, on a canvas of 800 x 800. */
const boxShapes: Readonly<Record<BoxForm, BoxShape>> = {
  pebble: {
    shell: 'M400 110 C530 110 566 190 566 340 C566 490 530 570 400 570 C270 570 234 490 234 340 C234 190 270 110 400 110 Z',
    panel: 'M400 146 C500 146 530 214 530 340 C530 466 500 534 400 534 C300 534 270 466 270 340 C270 214 300 146 400 146 Z',
    light: 'M400 200 L400 310',
    cable: [400, 560]
  },
  square: {
    shell: 'M262 130 L538 130 Q586 130 586 178 L586 502 Q586 550 538 550 L262 550 Q214 550 214 502 L214 178 Q214 130 262 130 Z',
    panel: 'M270 166 L530 166 Q550 166 550 186 L550 494 Q550 514 530 514 L270 514 Q250 514 250 494 L250 186 Q250 166 270 166 Z',
    light: 'M320 226 L480 226',
    cable: [400, 545]
  },
  shield: {
    shell: 'M290 110 L510 110 Q580 110 580 180 L566 440 Q556 520 490 556 L430 586 Q400 598 370 586 L310 556 Q244 520 234 440 L220 180 Q220 110 290 110 Z',
    panel: 'M304 150 L496 150 Q540 150 540 194 L530 424 Q524 486 474 514 L420 540 Q400 548 380 540 L326 514 Q276 486 270 424 L260 194 Q260 150 304 150 Z',
    light: 'M340 208 Q400 236 460 208',
    cable: [400, 585]
  },
  slim: {
    shell: 'M330 90 L470 90 Q510 90 510 130 L510 550 Q510 590 470 590 L330 590 Q290 590 290 550 L290 130 Q290 90 330 90 Z',
    panel: 'M338 116 L462 116 Q484 116 484 138 L484 542 Q484 564 462 564 L338 564 Q316 564 316 542 L316 138 Q316 116 338 116 Z',
    light: 'M400 166 L400 290',
    cable: [400, 585]
  },
  round: {
    shell: 'M400 120 A220 220 0 1 1 399 120 Z',
    panel: 'M400 166 A174 174 0 1 1 399 166 Z',
    light: 'M296 250 A138 138 0 0 1 504 250',
    cable: [400, 550]
  }
}

/** The whole of a drawing: 800 x 800 on nothing. */
export function drawBox (form: BoxForm, finish: BoxFinish): string {
  const { shell, panel, light, cable: [x, y] } = boxShapes[form]
  const colours = finishes[finish]
  const lead = `M${x} ${y} C${x} 690 ${x + 66} 724 ${x + 146} 724 C${x + 262} 724 ${x + 294} 640 ${x + 288} 520 C${x + 284} 450 ${x + 284} 420 ${x + 284} 384`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="800" viewBox="64 14 800 800">
<defs>
<linearGradient id="light" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#fff" stop-opacity=".24"/><stop offset=".5" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-opacity=".14"/></linearGradient>
<clipPath id="front"><path d="${panel}"/></clipPath>
</defs>
<g fill="none" stroke-linecap="round">
<path d="${lead}" stroke="#1c1f23" stroke-width="26"/>
<path d="${lead}" stroke="#fff" stroke-opacity=".16" stroke-width="6"/>
</g>
<g transform="translate(${x + 284} 330)">
<path d="M-28 -46 L28 -46 Q36 -46 36 -38 L36 20 Q36 34 26 44 L18 66 L-18 66 L-26 44 Q-36 34 -36 20 L-36 -38 Q-36 -46 -28 -46 Z" fill="#24282d"/>
<rect x="-30" y="-74" width="60" height="34" rx="12" fill="#3a4047"/>
</g>
<path d="${shell}" fill-opacity=".14" transform="translate(14 18)"/>
<path d="${shell}" fill="${colours.shell}"/>
<path d="${shell}" fill="url(#light)" stroke="#000" stroke-opacity=".22" stroke-width="3"/>
<path d="${panel}" fill="${colours.panel}"/>
<path d="M180 640 L430 40 L620 40 L370 640 Z" fill="#fff" fill-opacity=".07" clip-path="url(#front)"/>
<path d="${panel}" fill="none" stroke="#000" stroke-opacity=".16" stroke-width="2"/>
<path d="${light}" fill="none" stroke="#35c46f" stroke-width="12" stroke-linecap="round"/>
<path d="M412 350 L368 424 L398 424 L386 480 L434 400 L402 400 Z" fill="#35c46f"/>
<rect x="${x - 34}" y="${y - 16}" width="68" height="40" rx="10" fill="#1c1f23"/>
</svg>`
}
