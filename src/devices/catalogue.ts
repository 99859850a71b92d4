import { type Random } from '../lib/random.ts'

/** What a vendor makes: a row for each model, which begins with its name. */
export type Rows<Row extends readonly [name: string, ...figures: unknown[]]> = readonly [Row, ...Row[]]

/**
 * The model of that name, or one that chance picks; a name that the vendor does not have gets the figures of the
 * vendor's first model. The stream moves on as far either way.
 */
export function pickModel<Row extends readonly [name: string, ...figures: unknown[]]> (random: Random, rows: Rows<Row>, name?: string): Row {
  const picked = random.pick(rows)
  if (name === undefined) return picked
  return rows.find(row => row[0] === name) ?? rows[0]
}

/** What a vendor makes of a kind; a vendor that makes none is a mistake of the caller. */
export function rowsOf<Row> (catalogue: Readonly<Record<string, Row>>, vendor: string, kinds: string): Row {
  const rows = Object.hasOwn(catalogue, vendor) ? catalogue[vendor] : undefined
  if (rows === undefined) throw new Error(`${vendor} is no vendor of ${kinds}`)
  return rows
}
