import { fromJson } from '../../lib/json.ts'
import { modelOf } from '../../devices/index.ts'
import { type States } from '../../devices/kinds.ts'
import { type AssetKind } from '../../contract/vendors.ts'
import { type ActionRow, type Fate } from '../../store/actions.ts'
import { type AssetRow } from '../../store/assets.ts'
import { type ReadTx, type Tx } from '../../store/store.ts'
import { findOutLater } from '../sight/polls.ts'
import { undoOf } from '../sight/temperaments.ts'
import { deviceBehind } from '../truth/rows.ts'
import { currentState, putState } from '../truth/states.ts'

/** What the temperament of its vendor makes of an action that is being asked for. */
export function temperedFate (tx: ReadTx, asset: AssetRow): Fate | undefined {
  const undo = undoOf(tx, asset, () => deviceBehind(tx, asset))
  return undo === undefined ? undefined : { undo }
}

/** Remembers of an action that shall be undone what the device was before it obeyed. */
export function rememberWas (tx: Tx, action: ActionRow, before: States[AssetKind], after: States[AssetKind]): void {
  const fate: Fate | null = action.fate === null ? null : fromJson(action.fate)
  if (fate?.undo === undefined || fate.was !== undefined) return
  const changed = Object.entries(before).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(after[key as keyof typeof after]))
  tx.actions.setFate(action.id, { ...fate, was: Object.fromEntries(changed) })
}

/** Lets a timer undo an action that was confirmed just now, if that is its fate. */
export function scheduleUndo (tx: Tx, action: ActionRow, entry: number): void {
  const fate: Fate | null = action.fate === null ? null : fromJson(action.fate)
  if (fate?.undo !== undefined && fate.was !== undefined) tx.timers.schedule(tx.now + fate.undo, 'action.undo', action.id, entry)
}

/** As vendors have it that confirm a command before the device obeys for good: the device goes back to what it was, unless it has done something else since, and the next look finds out. */
export function onUndo (tx: Tx, actionId: string): void {
  const action = tx.actions.get(actionId)
  const asset = action && tx.assets.get(action.asset_id)
  if (action?.fate == null || asset === undefined) return
  const { was = {} }: Fate = fromJson(action.fate)
  const device = deviceBehind(tx, asset)
  const model = modelOf(device.kind)
  const state = currentState(tx, device)
  const command = fromJson(action.command)
  const back = { ...state, ...was }
  const again = model.obey(back, command, 0)
  const isAsItLeft = Object.keys(was).every(key => JSON.stringify(again[key as keyof typeof again]) === JSON.stringify(state[key as keyof typeof state]))
  // A battery that is full by now has nothing to go back to.
  if (!isAsItLeft || (command.type === 'charging' && model.pace(state) === 'asleep')) return
  findOutLater(tx, device.id)
  const entry = tx.trail.note('temperament', { user_id: action.user_id, asset_id: action.asset_id, action_id: action.id }, 'the device went back to what it was')
  tx.trail.because(entry, () => { putState(tx, device, back) })
}
