import neostandard from 'neostandard'

export default [
  { ignores: ['dist/', 'coverage/', '.tap/', 'test/types/generated.ts'] },
  ...neostandard({ ts: true })
]
