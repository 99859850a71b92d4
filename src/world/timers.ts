import { onAttempt, onTimeout } from '../domain/control/actions.ts'
import { onUndo } from '../domain/control/undo.ts'
import { onSchedule } from '../domain/control/scheduling/execution.ts'
import { onLook, pollAsset } from '../domain/sight/polls.ts'
import { onBackfill, onDay } from '../domain/statistics/inverter.ts'
import { onHeartbeat } from '../domain/tell/webhooks.ts'
import { storeDaily } from '../domain/truth/states.ts'
import { type Tx } from '../store/store.ts'
import { type TimerKind } from '../store/timers.ts'

/** What happens when a timer of a kind is due. */
export const timerHandlers: Readonly<Record<TimerKind, (tx: Tx, subject: string) => void>> = {
  'action.attempt': onAttempt,
  'action.timeout': onTimeout,
  'action.undo': onUndo,
  'asset.poll': onLook,
  'asset.turn': pollAsset,
  'asset.outdated': pollAsset,
  'vehicle.arrival': pollAsset,
  'device.keep': storeDaily,
  'inverter.backfill': onBackfill,
  'inverter.day': onDay,
  'schedule.next': onSchedule,
  'smart-charging.look': (tx, assetId) => { tx.touched.add(assetId) },
  'webhook.heartbeat': onHeartbeat,
  // After the commit the dispatcher looks again, and finds the delivery due; the same goes for one that a fault held back.
  'webhook.retry': tx => { tx.deliveries.release() },
  'delivery.release': tx => { tx.deliveries.release() }
}
