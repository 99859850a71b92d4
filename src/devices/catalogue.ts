import { type Random } from '../lib/random.ts'

/** What a vendor makes: a row for each model, which begins with its name. */
export type Rows<Row extends readonly [name: string, ...figures: unknown[]]> = readonly [Row, ...Row[]]

/** The first and last year in which something was made. */
export type Years = readonly [from: number, to: number]

/** The newest year of the catalogues: what was made then may still be made. */
const newest = 2026

/** Those that were made in some of the years; where none was, those that came or went nearest to them. */
export function madeIn<Row> (rows: readonly Row[], yearsOf: (row: Row) => Years, [from, to]: Years): readonly Row[] {
  const yearsOff = (row: Row): number => Math.max(0, yearsOf(row)[0] - to, from - yearsOf(row)[1])
  const least = Math.min(...rows.map(yearsOff))
  return rows.filter(row => yearsOff(row) === least)
}

/** Whether something may be of a year. */
export function isOfYears (year: number, [from, to]: Years): boolean {
  return year >= from && (year <= to || to >= newest)
}

/** The years in words: "from 2020 on", if it is made still. */
export function inWords ([from, to]: Years): string {
  return to >= newest ? `from ${from} on` : from === to ? `in ${from}` : `from ${from} to ${to}`
}

/**
 * The model of that name, or one that chance picks from some of them; a name that the vendor does not have gets the figures of the
 * vendor's first model. The stream moves on as far either way.
 */
export function pickModel<Row extends readonly [name: string, ...figures: unknown[]]> (random: Random, rows: Rows<Row>, name?: string, from: readonly Row[] = rows): Row {
  const picked = random.pick(from)
  if (name === undefined) return picked
  return rows.find(row => row[0] === name) ?? rows[0]
}

/** What a vendor makes of a kind; a vendor that makes none is a mistake of the caller. */
export function rowsOf<Row> (catalogue: Readonly<Record<string, Row>>, vendor: string, kinds: string): Row {
  const rows = Object.hasOwn(catalogue, vendor) ? catalogue[vendor] : undefined
  if (rows === undefined) throw new Error(`${vendor} is no vendor of ${kinds}`)
  return rows
}
