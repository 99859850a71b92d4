import { statement, type Db } from './database.ts'

/** How an asset stood from one moment until the next row. */
export interface StayRow {
  asset_id: string
  since: number
  is_linked: 0 | 1
  location_id: string | null
  /** JSON of what prices followed from there; null where it was at no location. */
  terms: string | null
  /** What its device had drawn before, in the bucket of 5 minutes in which `since` lies, in kWh. */
  drawn_before: number
}

/** What costs follow from is stored as it was, so that nothing that changes later changes the past. Equal terms are stored once. */
export function staysTable (db: Db) {
  const columns = 'asset_id, since, is_linked, location_id, drawn_before, (select text from price_terms where seq = stays.terms) as terms'
  const latest = statement(db, `select ${columns} from stays where asset_id = ? order by since desc limit 1`)
  const between = statement(db, `select ${columns} from stays
    where asset_id = ? and since < ? and since >= coalesce((select max(since) from stays where asset_id = ? and since <= ?), 0) order by since`)
  const addTerms = statement(db, 'insert or ignore into price_terms (text) values (?)')
  const put = statement(db, 'insert or replace into stays (asset_id, since, is_linked, location_id, drawn_before, terms) values (?, ?, ?, ?, ?, (select seq from price_terms where text = ?))')
  const trim = statement(db, 'delete from stays where asset_id = ? and since < (select max(since) from stays where asset_id = ? and since <= ?) returning terms')
  const remove = statement(db, 'delete from stays where asset_id = ? returning terms')
  const removeTerms = statement(db, `delete from price_terms
    where seq in (select value from json_each(?)) and not exists (select 1 from stays where terms = price_terms.seq)`)
  return {
    latestOf: (assetId: string): StayRow | undefined => latest.get(assetId) as StayRow | undefined,
    /** Those that lasted at some moment between two, the oldest first. */
    between: (assetId: string, from: number, to: number): StayRow[] => between.all(assetId, to, assetId, from) as StayRow[],
    put: (row: StayRow): void => {
      if (row.terms !== null) addTerms.run(row.terms)
      put.run(row.asset_id, row.since, row.is_linked, row.location_id, row.drawn_before, row.terms)
    },
    /** Forgets those that ended before a moment. */
    trim: (assetId: string, before: number): void => { removeTerms.run(seqsOf(trim.take(assetId, assetId, before))) },
    delete: (assetId: string): void => { removeTerms.run(seqsOf(remove.take(assetId))) }
  }
}

/** Of the terms that rows had, as JSON. */
function seqsOf (rows: unknown[]): string {
  return JSON.stringify((rows as Array<{ terms: number | null }>).map(({ terms }) => terms))
}
