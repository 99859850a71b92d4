import { type Site } from '../site.ts'

/** What a meter physically is at the moment `at`. */
export interface MeterState extends Site {
  /** Whether it also reads what goes into the grid; if not, that reads 0. */
  readsExport: boolean
  /** What its home draws from the grid, below zero what it gives. */
  totalKw: number
}
