import { type Scope } from '../../contract/scopes.ts'
import { type AssetKind } from '../../contract/vendors.ts'
import { html, type Html } from '../html.ts'

export const texts = {
  sandbox: 'Sandbox',
  footer: 'A simulation by mock-enode. Nothing here reaches a real brand, account or device.',
  step: (at: number, of: number) => `Step ${at} of ${of}`,
  exit: 'Exit',
  back: 'Back',
  continue: 'Continue',
  error: 'Error',
  intro: {
    title: 'Connect your devices',
    lead: 'An app would like to connect to the devices in your home and on the road.',
    points: [
      ['You choose', 'Pick the brand and see what the app asks for before anything is shared.'],
      ['You sign in at the brand', 'The app never learns your password.'],
      ['You stay in control', 'Leave at any time before you connect, and nothing is shared.']
    ] as ReadonlyArray<readonly [string, string]>
  },
  brand: {
    title: 'Choose your brand',
    lead: 'Which brand would you like to connect?',
    ready: 'Brands with a virtual account',
    others: 'Other brands',
    all: 'All brands'
  },
  /** For the brands whose users sign in to one of several apps. */
  service: {
    title: 'Choose your app',
    lead: (brand: string) => `${brand} has several apps. Which one do you use?`
  },
  /** What the linking status of a brand means for the user. */
  elevated: {
    short: 'May take several tries',
    says: (brand: string) => `Connecting to ${brand} fails more often than usual right now. It may take several tries.`
  },
  outage: {
    short: 'Not available now',
    title: (brand: string) => `${brand} is not available`,
    says: (brand: string) => `${brand} cannot be connected right now. Nothing was changed. Please try again later.`,
    other: 'Choose another brand',
    retry: 'Try again'
  },
  review: {
    title: 'Review data access',
    lead: (brand: string) => `By continuing you allow the app to do the following with your ${brand} devices.`,
    allow: 'Allow and continue',
    types: {
      vehicle: 'Vehicle',
      charger: 'Charger',
      hvac: 'Heating and cooling',
      inverter: 'Solar inverter',
      battery: 'Home battery',
      meter: 'Meter'
    } satisfies Record<AssetKind, string>,
    scopes: {
      'vehicle:read:data': 'Read its data, such as battery level, range, charging and odometer',
      'vehicle:read:location': 'See where it is',
      'vehicle:control:charging': 'Start and stop charging, and set limits',
      'charger:read:data': 'Read its data, such as charging state and power',
      'charger:control:charging': 'Start and stop charging, and set limits',
      'hvac:read:data': 'Read its data, such as temperature and mode',
      'hvac:control:mode': 'Set temperature and mode',
      'inverter:read:data': 'Read its data, such as solar production',
      'inverter:read:location': 'See where it is',
      'battery:read:data': 'Read its data, such as charge level and power',
      'battery:read:location': 'See where it is',
      'battery:control:operation_mode': 'Set how it charges and discharges',
      'meter:read:data': 'Read its data, such as consumption',
      'meter:read:location': 'See where it is'
    } satisfies Record<Scope, string>,
    /** Before what a scope is good for. */
    example: 'Example:',
    examples: {
      'vehicle:read:data': 'You see in the app how far the car can still go.',
      'vehicle:read:location': 'The app knows whether the car is at home.',
      'vehicle:control:charging': 'The car charges at night, when electricity is cheap.',
      'charger:read:data': 'You see whether a car is charging, and how fast.',
      'charger:control:charging': 'The car charges at night, when electricity is cheap.',
      'hvac:read:data': 'You see how warm it is at home while you are out.',
      'hvac:control:mode': 'It is warm when you come home.',
      'inverter:read:data': 'You see what the sun gives today.',
      'inverter:read:location': 'The app knows the weather and the prices of the place.',
      'battery:read:data': 'You see how long the battery lasts tonight.',
      'battery:read:location': 'The app knows the weather and the prices of the place.',
      'battery:control:operation_mode': 'It charges when electricity is cheap, and supplies your home when it is expensive.',
      'meter:read:data': 'You see what your home uses in a day.',
      'meter:read:location': 'The app knows the weather and the prices of the place.'
    } satisfies Record<Scope, string>
  },
  signIn: {
    title: (brand: string) => `Sign in to ${brand}`,
    hint: (list: Html, make: Html): Html => html`This page stands in for the brand’s own. Use a virtual account: ${list} lists those that exist, ${make} makes one.`,
    warning: 'Never type the password of a real account here.',
    failed: (brand: string, list: Html, make: Html): Html =>
      html`Sign-in failed: no virtual ${brand} account has this user name and password. Only virtual accounts work here. Find one with ${list}, or make one with ${make}.`,
    /** When an account is linked again, and the user signs in to another one. */
    other: (brand: string) => `This is an account at ${brand}, but not the one that your devices are connected with. Sign in to that one. To connect another account, go back to the app and start again.`,
    username: 'User name',
    password: 'Password',
    submit: 'Sign in'
  },
  devices: {
    title: (count: number): string => count === 0 ? 'No devices found' : count === 1 ? 'Device found' : 'Devices found',
    lead: (count: number, brand: string) => `We found ${count === 1 ? 'this device' : 'these devices'} in your ${brand} account.`,
    none: (brand: string, types: readonly string[]) => `This ${brand} account holds nothing to connect. The app asks for: ${types.join(', ')}.`,
    more: (count: number) => `and ${count} more`,
    connect: 'Connect',
    other: 'Sign in with another account'
  },
  success: {
    title: 'You are connected',
    lead: (count: number, brand: string) => `${count === 1 ? 'Your device' : 'Your devices'} at ${brand} can now be used by the app.`,
    complete: 'Complete'
  },
  /** Before a detail that helps whoever calls the API. */
  forDevelopers: 'For developers:',
  trouble: {
    unknown: ['Link not found', 'This link does not exist. It may have been cut short when it was copied, or it was made by a server that has been started anew.'],
    used: ['This link was already used', 'A link connects devices once. Go back to the app and start again to connect more.'],
    expired: ['This link has expired', 'A link works for 24 hours. Go back to the app and start again.'],
    malformed: ['That did not work', 'The form arrived in a way that this page does not understand. Nothing was changed. Go back and try again.'],
    broken: ['Something went wrong', 'mock-enode made a mistake here. Its log says more; please report it.']
  } satisfies Record<string, readonly [title: string, says: string]>
}

/** Every fixed text of Link UI. */
export type Texts = typeof texts
