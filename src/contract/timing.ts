/** How quick the world of vendors is: for a person who waits, or as the documents have it. `domain/truth/timing.ts` has the figures. */
export const timings = ['quick', 'realistic'] as const
export type Timing = typeof timings[number]

/** Seconds that a token lasts, of real or of simulated time, as documented. */
export const tokenSeconds = 3599

/** Whose clock ends a token: that of its client, or simulated time. */
export const tokenClocks = ['real', 'simulated'] as const
export type TokenClock = typeof tokenClocks[number]
