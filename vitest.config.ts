import { defineConfig } from 'vitest/config'

const alias = { '@': import.meta.dirname }
/** Rules and forms: nothing but the code itself. */
const RULES = ['lib/**/*.test.ts', 'components/**/*.test.ts', 'policies/**/*.test.ts']
/** Against a real PostgreSQL, real processes, real files. */
const DATABASE = [
  'db/**/*.test.ts',
  'app/**/*.test.ts',
  'scripts/**/*.test.ts',
  'lib/connect/postgres/connector.test.ts',
]

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'rules',
          include: RULES,
          exclude: ['lib/connect/postgres/connector.test.ts'],
          // Nothing here keeps anything from one file to the next, and starting afresh for each costs most of the time.
          isolate: false,
          // Property tests take as long as the machine lets them.
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'database',
          include: DATABASE,
          globalSetup: ['scripts/test/cluster.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
