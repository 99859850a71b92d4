import { type Texts } from './texts.ts'

const open = 'Open the {app} app and sign in.'
const privacy = 'Open the privacy settings on the screen of the vehicle.'

export const enUS: Texts = {
  acceptTerms: ['Accept the terms and conditions', open, 'Accept the current terms and conditions of {brand} when you are asked to.'],
  activateService: ['Activate the connected services', open, 'Add your vehicle if it is not listed yet.', 'Activate the connected services for it.'],
  completeProfile: ['Complete your {brand} profile', open, 'Go to your profile and fill out everything that is missing.', 'Save your changes.'],
  becomePrimaryUser: ['Become the primary user of the vehicle', 'Take your phone and all keys to the vehicle.', open, 'Choose to become the primary user and follow the instructions on the screen of the vehicle.'],
  renewSubscription: ['Renew your subscription', open, 'Check whether your subscription to the connected services has expired.', 'Renew it.'],
  updateCarSoftware: ['Update the software of the vehicle', 'Look up the software version in the settings of the vehicle.', 'If it is older than 3.0, have a {brand} dealership update it.'],
  shareParkingPosition: ['Share the parking position', privacy, 'Turn on sharing of the parking position.'],
  enableCharging: ['Enable charging control', privacy, 'Allow {brand} to read and control charging remotely.'],
  pairKey: ['Pair a virtual key', 'Connect your {brand} account again and follow the link to the virtual key on your phone.', 'Stand next to the vehicle and approve the key in the {app} app.'],
  grantAccessAgain: ['Grant access again', 'Connect your {brand} account again.', 'Allow everything that you are asked for when you sign in.'],
  allowControl: ['Allow remote control', open, 'Open the settings of the device.', 'Allow other services to control it.'],
  updateFirmware: ['Update the firmware', open, 'Look for updates in the settings of the device.', 'Install the latest version and wait for the device to restart.'],
  connectInternet: ['Connect the device to the internet', 'Make sure that the {brand} device is turned on and has a network within reach.', open, 'Connect the device to the network.'],
  installerAccess: ['Ask your installer for access', 'Contact whoever installed your {brand} system.', 'Ask for full access to the system in the {app} app.'],
  installMeter: ['Have an energy meter installed', 'Ask an installer whether your {brand} system has an energy meter.', 'If it has none, have one installed and connected to the system.'],
  finishInstallation: ['Have the installation completed', 'Contact whoever installed your {brand} device.', 'Ask for the setup to be completed and the device to be put into operation.']
}
