import { type TariffRate } from '../contract/tariff.ts'
import { type Json } from '../lib/json.ts'
import { statement, type Db } from './database.ts'

export function tariffsTable (db: Db) {
  const rates = statement(db, 'select rates from tariffs where id = ?')
  const put = statement(db, 'insert or replace into tariffs (id, rates) values (?, ?)')
  return {
    rates: (id: string): Json<TariffRate[]> | undefined => (rates.get(id) as { rates: Json<TariffRate[]> } | undefined)?.rates,
    put: (id: string, json: string): void => { put.run(id, json) }
  }
}
