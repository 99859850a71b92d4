import { type BoxFinish, type CarPaint } from '../contract/image.ts'

export const paints: Readonly<Record<CarPaint, string>> = {
  white: '#e9ecee',
  silver: '#b3bac1',
  graphite: '#4b525b',
  blue: '#2f66b5',
  teal: '#1f7f83',
  green: '#4e7a55',
  red: '#b5322f',
  copper: '#b5693a',
  sand: '#c9b48d',
  violet: '#6b5a9c'
}

/** The shell of a box, and its front panel. */
export const finishes: Readonly<Record<BoxFinish, { shell: string, panel: string }>> = {
  white: { shell: '#e8ebed', panel: '#f7f9fa' },
  graphite: { shell: '#454b53', panel: '#30353b' },
  black: { shell: '#23262a', panel: '#15171a' },
  steel: { shell: '#a3abb3', panel: '#2b2f34' }
}
