import { texts as american, type Texts } from './en-US.ts'

export const texts: Texts = {
  ...american,
  outage: { ...american.outage, short: 'Unavailable at present', title: brand => `${brand} is unavailable` },
  signIn: { ...american.signIn, username: 'Username' }
}
