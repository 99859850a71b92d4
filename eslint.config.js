import neostandard from 'neostandard'

export default [
  { ignores: ['dist/', 'coverage/', '.tap/', 'test/types/generated.ts'] },
  ...neostandard({ ts: true }),
  // A schema and its type share one name; a name that is really declared twice is an error of the compiler.
  { files: ['**/*.ts'], rules: { '@typescript-eslint/no-redeclare': 'off' } }
]
