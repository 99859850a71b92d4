import { enUS } from './en-us.ts'
import { type Texts } from './texts.ts'

const open = 'Open the {app} app and sign in.'

/** What is not said here is said as in the United States. */
export const enGB: Texts = {
  ...enUS,
  completeProfile: ['Complete your {brand} profile', open, 'Go to your profile and fill in everything that is missing.', 'Save your changes.'],
  updateCarSoftware: ['Update the software of the vehicle', 'Look up the software version in the settings of the vehicle.', 'If it is older than 3.0, have a {brand} dealer update it.'],
  connectInternet: ['Connect the device to the internet', 'Make sure that the {brand} device is switched on and has a network within reach.', open, 'Connect the device to the network.'],
  finishInstallation: ['Have the installation completed', 'Contact whoever installed your {brand} device.', 'Ask for the set-up to be completed and the device to be put into operation.']
}
