/** A figure as devices report it: to so many digits after the point, and never minus zero. */
export function rounded (value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits + 0
}

/** Rounded down, so that 100 stands only for full and a limit only for one that is reached. */
export function wholePercent (percent: number): number {
  return Math.min(100, Math.floor(percent + 1e-9))
}
