/** The key under which a schema says what a text has to be: its pattern tells nobody what to send. A symbol, which no JSON shows. */
export const mustBe = Symbol('mustBe')
