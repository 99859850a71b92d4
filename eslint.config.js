import neostandard from 'neostandard'

/** What no source may say, since an accessor in a literal makes a hidden class for every object, which once halved the requests a second. */
const accessor = { selector: 'ObjectExpression > Property[kind=/get|set/]', message: 'An accessor in a literal is slow: write a class.' }

/** Who runs a change is left out of the type of a reader by what it answers: see `Written`. */
const changes = ':matches(CallExpression[callee.property.name="run"], CallExpression[callee.property.name="take"])'
const writers = [
  { selector: `Property > ArrowFunctionExpression:not([returnType.typeAnnotation.type="TSVoidKeyword"]):not([returnType.typeAnnotation.typeName.name="Written"]) ${changes}`, message: 'What changes rows answers `void` or `Written`.' },
  { selector: `VariableDeclarator > ArrowFunctionExpression ${changes}`, message: 'Only a method of a table changes rows, so that its type tells.' }
]

export default [
  { ignores: ['dist/', 'coverage/', '.tap/', 'test/types/generated.ts'] },
  // The names of a browser are for page/; the compiler knows that src/ runs in none.
  ...neostandard({ ts: true, env: ['browser'] }),
  // A schema and its type share one name; a name that is really declared twice is an error of the compiler.
  { files: ['**/*.ts'], rules: { '@typescript-eslint/no-redeclare': 'off' } },
  {
    files: ['src/**/*.ts', 'test/**/*.ts', 'openapi/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      // tap waits for its tests itself.
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafePromises: [{ from: 'package', package: '@tapjs/core', name: 'PromiseWithSubtest' }] }],
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }]
    }
  },
  { files: ['src/**/*.ts'], rules: { 'no-restricted-syntax': ['error', accessor] } },
  { files: ['src/store/*.ts'], ignores: ['src/store/database.ts'], rules: { 'no-restricted-syntax': ['error', accessor, ...writers] } }
]
