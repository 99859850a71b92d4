/**
 * The balance of a home, in kW of a moment as in kWh of a stretch of time: what it draws from the grid is what people
 * use and what each device draws, below zero what that gives. All that shows a part of it reckons with these two.
 */
export function fromGrid (used: number, drawn: readonly number[]): number {
  return drawn.reduce((sum, each) => sum + each, used)
}

/** The same solved for what is used besides some devices. It is never below zero: what others give that are not among them is no use. */
export function usedBesides (drawnFromGrid: number, drawn: readonly number[]): number {
  return Math.max(0, drawn.reduce((sum, each) => sum - each, drawnFromGrid))
}
