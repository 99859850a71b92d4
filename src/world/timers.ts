import { releaseTimer, retryTimer } from '../lib/delivery-figures.ts'
import { type Tx } from '../store/store.ts'
import { attemptTimer, onAttempt, onTimeout, timeoutTimer } from '../domain/control/actions.ts'
import { keepTimer, onKeep } from '../domain/truth/states.ts'
import { backfillTimer, dayTimer, onBackfill, onDay } from '../domain/statistics/inverter.ts'
import { lookTimer } from '../domain/sight/seen.ts'
import { onLook, outdatedTimer, pollAsset } from '../domain/sight/polls.ts'
import { onSchedule, scheduleTimer } from '../domain/control/scheduling/execution.ts'
import { lookTimer as smartChargingTimer } from '../domain/control/smart-charging/status.ts'
import { heartbeatTimer, onHeartbeat } from '../domain/tell/webhooks.ts'

/** What happens when a timer of a kind is due: every kind of timer that the program sets stands here. */
export const timerHandlers: Readonly<Record<string, (tx: Tx, subject: string) => void>> = {
  [attemptTimer]: onAttempt,
  [timeoutTimer]: onTimeout,
  [lookTimer]: onLook,
  [outdatedTimer]: pollAsset,
  [keepTimer]: onKeep,
  [backfillTimer]: onBackfill,
  [dayTimer]: onDay,
  [scheduleTimer]: onSchedule,
  [smartChargingTimer]: (tx, assetId) => { tx.touched.add(assetId) },
  [heartbeatTimer]: onHeartbeat,
  // Its coming due is enough: after the commit the dispatcher finds the delivery due; the same goes for one that a fault kept back.
  [retryTimer]: () => {},
  [releaseTimer]: () => {}
}
