import neostandard from 'neostandard'

export default [
  { ignores: ['dist/', 'coverage/', '.tap/', 'test/types/generated.ts'] },
  // The names of a browser are for page/; the compiler knows that src/ runs in none.
  ...neostandard({ ts: true, env: ['browser'] }),
  // A schema and its type share one name; a name that is really declared twice is an error of the compiler.
  { files: ['**/*.ts'], rules: { '@typescript-eslint/no-redeclare': 'off' } },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', {
        selector: 'ObjectExpression > Property[kind=/get|set/]',
        message: 'An accessor in a literal makes a hidden class for every object, which once halved the requests a second: write a class.'
      }]
    }
  }
]
