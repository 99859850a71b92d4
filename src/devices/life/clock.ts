/** Minutes since midnight of a time of day as `HH:mm`. */
export function minutesOf (clock: string): number {
  return 60 * Number(clock.slice(0, 2)) + Number(clock.slice(3))
}

/** Minutes from a time of day to the next time that it is another. */
export function minutesLater (from: number, to: number): number {
  return ((to - from) % 1440 + 1440) % 1440
}

/** The time of day at so many minutes since some midnight. */
export function clockTime (minutes: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  const since = minutesLater(0, Math.floor(minutes))
  return `${two(since / 60)}:${two(since % 60)}`
}
