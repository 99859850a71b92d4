/** How quick the world of vendors is: for a person who waits, or as the documents have it. `domain/timing.ts` has the figures. */
export const timings = ['quick', 'realistic'] as const
export type Timing = typeof timings[number]
