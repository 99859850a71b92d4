import { type Cable } from '../device.ts'
import { chargeRateKw, isAtLimit, isDelivering, powerKw, withPower } from './model.ts'
import { type VehicleState } from './state.ts'

/** How a car and the charger on its cable share one flow: the car rules it, within what the charger gives. */
export const cable: Cable<VehicleState> = {
  partner: car => car.charger?.deviceId ?? null,
  regular: car => car.driver?.charger?.deviceId ?? null,
  leads: true,
  plug: (car, deviceId) => ({ deviceId, power: car.power, powerFrom: car.powerFrom, limitKw: chargeRateKw(car), rateKw: powerKw(car) }),
  follow: (car, { deviceId, limitKw, power, powerFrom }) => {
    const driver = car.driver && { ...car.driver, charger: car.driver.charger?.deviceId === deviceId ? { deviceId, limitKw, isFree: true } : car.driver.charger }
    const plugged = { ...car, charger: { deviceId, limitKw }, fastChargeKw: null, driver }
    switch (power) {
      case 'UNPLUGGED': return withPower(car, 'UNPLUGGED')
      case 'PLUGGED_IN:CHARGING':
      case 'PLUGGED_IN:INITIALIZING':
        if (isAtLimit(plugged)) return withPower(plugged, 'PLUGGED_IN:COMPLETE')
        return plugged.power === 'PLUGGED_IN:CHARGING' ? plugged : withPower(plugged, power, powerFrom)
      case 'PLUGGED_IN:STOPPED':
      case 'PLUGGED_IN:COMPLETE':
        if (isAtLimit(plugged)) return withPower(plugged, 'PLUGGED_IN:COMPLETE')
        return isDelivering(plugged.power) || plugged.power === 'UNPLUGGED' ? withPower(plugged, 'PLUGGED_IN:STOPPED') : plugged
      default: return withPower(plugged, power)
    }
  },
  release: car => withPower(car, 'UNPLUGGED')
}
