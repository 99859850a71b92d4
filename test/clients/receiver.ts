/** What a client writes against the types of each generator: `imports` brings WebhookDelivery, Vehicle and ChargingCommand. */
export const receiver = (imports: string): string => `${imports}

/** Takes a delivery, and tells of what each of its events is. */
export function take (delivery: WebhookDelivery): string[] {
  return delivery.map(event => {
    switch (event.event) {
      case 'user:vehicle:discovered': case 'user:vehicle:deleted': return event.vehicle.id
      case 'user:vehicle:updated': return levelOf(event.vehicle) + event.updatedFields.join()
      case 'user:vehicle:smart-charging-status-updated': return event.smartChargingStatus.plan?.stopAt ?? event.smartChargingStatus.state
      case 'user:charger:discovered': case 'user:charger:updated': case 'user:charger:deleted': return event.charger.chargeState.powerDeliveryState
      case 'user:hvac:discovered': case 'user:hvac:updated': case 'user:hvac:deleted': return event.hvac.thermostatState.mode
      case 'user:inverter:discovered': case 'user:inverter:updated': case 'user:inverter:deleted': return String(event.inverter.productionState.productionRate?.toFixed(1))
      case 'user:inverter:statistics-updated': return event.statistics.inverterId + String(event.statistics.resolutions.DAY?.data?.length)
      case 'user:battery:discovered': case 'user:battery:updated': case 'user:battery:deleted': return String(event.battery.chargeState.status)
      case 'user:meter:discovered': case 'user:meter:updated': case 'user:meter:deleted': return String(event.meter.energyState.power?.toFixed(1))
      case 'user:hem-system:discovered': case 'user:hem-system:updated': case 'user:hem-system:deleted': return event.hemSystem.information.vendor
      case 'user:credentials:invalidated': return event.user.id + event.vendor
      case 'user:vendor-action:updated': return event.vendorAction.failureReason?.type ?? event.vendorAction.state
      case 'user:schedule:execution-updated': return event.status.state + event.schedule.id
      case 'system:heartbeat': return event.pendingEvents.toFixed(0)
      case 'enode:webhook:test': return event.createdAt
      default: return none(event)
    }
  })
}

const levelOf = (vehicle: Vehicle): string => String(vehicle.chargeState.batteryLevel?.toFixed(0))

/** Compiles only where every event was told apart. */
function none (event: never): never {
  throw new Error(JSON.stringify(event) + ' is no event of the document')
}

export const start: ChargingCommand = { action: 'START' }
// @ts-expect-error: no such command
export const wrong: ChargingCommand = { action: 'PAUSE' }
`
