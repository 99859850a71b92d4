import { type Intervention } from '../../contract/intervention.ts'
import { type AssetKind, batteryVendors, chargerVendors, hvacVendors, inverterVendors, meterVendors, vehicleVendors, type vendorsByType } from '../../contract/vendors.ts'

/** What is the same in every intervention of a kind, and where it can be needed. */
export interface Kind {
  /** When the vendor's list first had it, ISO 8601. */
  introducedAt: string
  domain: Intervention['domain']
  access: Intervention['resolution']['access']
  agent: Intervention['resolution']['agent']
  action: Intervention['resolution']['action']
  /** Only a vendor that makes a type of asset can stand under it. */
  vendors: { readonly [T in AssetKind]?: ReadonlyArray<typeof vendorsByType[T][number]> }
}

const account = { domain: 'Account', access: 'Remote', agent: 'User', action: null } as const
const deviceSetting = { domain: 'Device', access: 'Remote', agent: 'User', action: null } as const
const atDevice = { domain: 'Device', access: 'Physical', agent: 'User', action: null } as const
const craft = { domain: 'Device', access: 'Physical', agent: 'ThirdParty', action: null } as const

/**
 * The kinds of intervention. The public ones of AUDI, FORD, TESLA and VOLKSWAGEN are as Enode describes them; which other
 * vendors have which, and since when, is made up to be plausible.
 */
export const kinds = {
  acceptTerms: {
    ...account,
    introducedAt: '2023-03-16T00:00:00.000Z',
    vendors: {
      vehicle: ['AUDI', 'BMW', 'HYUNDAI', 'KIA', 'MERCEDES', 'MINI', 'PORSCHE', 'TOYOTA', 'LEXUS', 'VOLVO'],
      charger: ['CHARGEPOINT', 'ELLI'],
      hvac: ['DAIKIN', 'BOSCH']
    }
  },
  activateService: {
    ...account,
    introducedAt: '2023-03-16T00:00:00.000Z',
    vendors: { vehicle: vehicleVendors.filter(vendor => vendor !== 'TESLA') }
  },
  completeProfile: {
    ...account,
    introducedAt: '2023-06-01T00:00:00.000Z',
    vendors: { vehicle: ['SEAT', 'SKODA', 'VOLKSWAGEN', 'CUPRA'] }
  },
  becomePrimaryUser: {
    ...account,
    access: 'Physical',
    introducedAt: '2023-06-01T00:00:00.000Z',
    vendors: { vehicle: ['AUDI', 'PORSCHE', 'SEAT', 'SKODA', 'VOLKSWAGEN', 'CUPRA'] }
  },
  renewSubscription: {
    ...account,
    introducedAt: '2023-06-01T00:00:00.000Z',
    vendors: { vehicle: ['AUDI', 'BMW', 'HONDA', 'MERCEDES', 'MINI', 'NISSAN', 'VOLKSWAGEN', 'CHEVROLET', 'GMC', 'CADILLAC', 'SUBARU', 'MAZDA'] }
  },
  updateCarSoftware: {
    ...craft,
    introducedAt: '2023-09-12T00:00:00.000Z',
    vendors: { vehicle: ['SKODA', 'VOLKSWAGEN', 'CUPRA'] }
  },
  shareParkingPosition: {
    ...atDevice,
    introducedAt: '2023-09-12T00:00:00.000Z',
    vendors: { vehicle: ['AUDI', 'SEAT', 'SKODA', 'VOLKSWAGEN', 'VOLVO', 'CUPRA', 'POLESTAR'] }
  },
  enableCharging: {
    ...atDevice,
    introducedAt: '2023-09-12T00:00:00.000Z',
    vendors: { vehicle: ['SEAT', 'SKODA', 'VOLKSWAGEN', 'CUPRA'] }
  },
  pairKey: {
    ...atDevice,
    action: 'Link',
    introducedAt: '2023-12-15T00:00:00.000Z',
    vendors: { vehicle: ['TESLA'] }
  },
  grantAccessAgain: {
    ...account,
    action: 'Link',
    introducedAt: '2024-01-22T00:00:00.000Z',
    vendors: {
      charger: ['TESLA'],
      hvac: ['TADO', 'ECOBEE', 'HONEYWELL', 'RESIDEO', 'NEST', 'NETATMO'],
      inverter: ['ENPHASE', 'TESLA'],
      battery: ['TESLA', 'ENPHASE'],
      meter: ['ENPHASE', 'TESLA']
    }
  },
  allowControl: {
    ...deviceSetting,
    introducedAt: '2023-11-06T00:00:00.000Z',
    vendors: {
      charger: ['GOE', 'OHME', 'PODPOINT', 'KEBA', 'HYPERVOLT', 'MYENERGI', 'ALFEN'],
      hvac: ['MILL', 'ADAX', 'MITSUBISHI', 'NIBE'],
      battery: ['GIVENERGY', 'HUAWEI', 'FOXESS', 'SOLAX', 'SOLIS', 'SUNGROW']
    }
  },
  updateFirmware: {
    ...deviceSetting,
    introducedAt: '2023-11-06T00:00:00.000Z',
    vendors: {
      charger: ['ZAPTEC', 'EASEE', 'WALLBOX', 'EO', 'CHARGEAMPS', 'GOE', 'ENELX', 'SCHNEIDER'],
      hvac: ['SENSIBO', 'PANASONIC', 'TOSHIBA', 'DAIKIN'],
      inverter: ['FOXESS', 'GIVENERGY', 'SOLAX'],
      battery: ['GIVENERGY', 'FOXESS', 'SOLAX']
    }
  },
  connectInternet: {
    ...atDevice,
    introducedAt: '2023-11-06T00:00:00.000Z',
    vendors: { charger: chargerVendors, hvac: hvacVendors, inverter: inverterVendors }
  },
  installerAccess: {
    ...account,
    agent: 'ThirdParty',
    introducedAt: '2024-02-08T00:00:00.000Z',
    vendors: {
      inverter: ['FOXESS', 'FRONIUS', 'GOODWE', 'GROWATT', 'HUAWEI', 'SMA', 'SOLAREDGE', 'SOLIS', 'SUNGROW'],
      battery: batteryVendors,
      meter: ['HUAWEI', 'SMA', 'SOLAREDGE', 'FOXESS', 'SOLIS']
    }
  },
  installMeter: {
    ...craft,
    introducedAt: '2024-02-08T00:00:00.000Z',
    vendors: { meter: meterVendors }
  },
  finishInstallation: {
    ...craft,
    introducedAt: '2024-02-08T00:00:00.000Z',
    vendors: { charger: ['ZAPTEC', 'EASEE', 'CHARGEAMPS', 'GARO', 'KEBA', 'HEIDELBERG', 'ALFEN'] }
  }
} as const satisfies Record<string, Kind>

export type KindName = keyof typeof kinds
