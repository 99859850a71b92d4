import { carYears, figuresOf, houseFigures, table } from './report.ts'

/** `npm run lives -- 1000`: lives a year in each of so many homes, prints what an engineer would ask for, and fails where a figure is outside what is published. */
const count = Number(process.argv[2] ?? 1000)
const figures = [...figuresOf(carYears(count)), ...houseFigures()]
console.log(`${count} cars, a year each\n${table(figures)}`)
if (figures.some(({ value, least, most }) => !(value >= least && value <= most))) process.exitCode = 1
