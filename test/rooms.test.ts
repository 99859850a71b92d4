import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import t from 'tap'

t.test('each file of tests is run: at the top by itself, in a folder by a room.ts there or above', async t => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.test.ts'))
  t.ok(files.length > 40, `${files.length} files`)
  const isRun = (folder: string): boolean => folder !== '.' && (existsSync(join(import.meta.dirname, folder, 'room.ts')) || isRun(dirname(folder)))
  t.same(files.filter(file => dirname(file) !== '.' && !isRun(dirname(file))), [])
})
