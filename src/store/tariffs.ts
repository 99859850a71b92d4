import { statement, type Db } from './database.ts'

export function tariffsTable (db: Db) {
  const rates = statement(db, 'select rates from tariffs where id = ?')
  const put = statement(db, 'insert or replace into tariffs (id, rates) values (?, ?)')
  return {
    /** The rates of a tariff as JSON. */
    rates: (id: string): string | undefined => (rates.get(id) as { rates: string } | undefined)?.rates,
    put: (id: string, json: string): void => { put.run(id, json) }
  }
}
