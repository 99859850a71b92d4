/** The value at `x` on straight lines between points; past the first and the last it is theirs. */
export function between (points: ReadonlyArray<readonly [x: number, y: number]>, x: number): number {
  const i = points.findIndex(([end]) => x <= end)
  const [after, before] = [points[i] ?? points.at(-1), points[i - 1]]
  if (after === undefined) return NaN
  if (before === undefined || i < 0) return after[1]
  return before[1] + (after[1] - before[1]) * (x - before[0]) / (after[0] - before[0])
}
