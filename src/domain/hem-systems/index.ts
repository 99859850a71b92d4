import { notFound } from '../../lib/problem.ts'
import { type HEMSystem } from '../../contract/hem-system.ts'
import { type HemSystemRow } from '../../store/hem-systems.ts'
import { type Page, type PageQuery } from '../../store/pages.ts'
import { type ReadTx } from '../../store/store.ts'

export { systemStatistics } from './statistics.ts'

/** Systems of all users or of one. An unknown user has none. */
export function listSystems (tx: ReadTx, query: PageQuery, userId?: string): { data: HEMSystem[], pagination: Page<unknown>['pagination'] } {
  const { rows, pagination } = userId === undefined ? tx.hemSystems.page(query) : tx.hemSystems.pageOfUser(query, userId)
  return { data: rows.map(showSystem), pagination }
}

export function findSystem (tx: ReadTx, id: string): HemSystemRow {
  const system = tx.hemSystems.get(id)
  if (system === undefined || system.is_linked === 0) throw notFound('HEM system', id)
  return system
}

export function showSystem ({ view }: Pick<HemSystemRow, 'view'>): HEMSystem {
  return JSON.parse(view) as HEMSystem
}
