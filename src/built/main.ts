#!/usr/bin/env node
import { load } from './load.ts'

const { whole, store } = load()
await whole.run(process.argv.slice(2), store)
