/** What a text has to be, by the pattern that it is held against: a pattern tells nobody what to send. */
export const wordsOfPatterns = new Map<string, string>()
