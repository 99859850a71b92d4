import { notFound } from '../../lib/problem.ts'
import { type HEMSystem } from '../../contract/hem-system.ts'
import { type HemSystemRow } from '../../store/hem-systems.ts'
import { type Page, type PageQuery } from '../../store/pages.ts'
import { type ReadTx } from '../../store/store.ts'
import { systemSight } from './see.ts'

export { systemStatistics } from './statistics.ts'

/** Systems of all users or of one. An unknown user has none. */
export function listSystems (tx: ReadTx, query: PageQuery, userId?: string): { data: HEMSystem[], pagination: Page<unknown>['pagination'] } {
  const { rows, pagination } = userId === undefined ? tx.hemSystems.page(query) : tx.hemSystems.pageOfUser(query, userId)
  return { data: rows.map(row => showSystem(tx, row)), pagination }
}

export function findSystem (tx: ReadTx, id: string): HemSystemRow {
  const system = tx.hemSystems.get(id)
  if (system === undefined || system.is_linked === 0) throw notFound('HEM system', id)
  return system
}

/** A system as of the last look. */
export function showSystem (tx: ReadTx, system: HemSystemRow): HEMSystem {
  return JSON.parse(systemSight(tx, system).text) as HEMSystem
}
