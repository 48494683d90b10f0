import { defineConfig } from 'vitest/config'

const alias = { '@': import.meta.dirname }
/** Everything there is to try of a rule, which takes its time: for `npm test`, where `npm run check` is content with the rules' own tests. */
const EXHAUSTIVE = ['lib/**/*.exhaustive.test.ts']
/** Rules and forms: nothing but the code itself. */
const RULES = ['lib/**/*.test.ts', 'components/**/*.test.ts', 'policies/**/*.test.ts']
/** Among the rules, but against real processes. */
const PROCESSES = ['lib/connect/postgres/connector.test.ts', 'lib/anchor/anchor.test.ts']
/** Against a real PostgreSQL, real processes, real files. */
const DATABASE = ['db/**/*.test.ts', 'app/**/*.test.ts', 'scripts/**/*.test.ts', ...PROCESSES]
/** Nothing is kept from one file to the next, and starting afresh for each costs most of the time. */
const isolate = false

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'rules',
          include: RULES,
          exclude: [...PROCESSES, ...EXHAUSTIVE],
          isolate,
          // Property tests take as long as the machine lets them.
          testTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: { name: 'exhaustive', include: EXHAUSTIVE, isolate, testTimeout: 120_000 },
      },
      {
        resolve: { alias },
        test: {
          name: 'database',
          include: DATABASE,
          globalSetup: ['scripts/test/cluster.ts'],
          // What starts and stops processes takes as long as a busy machine lets it: only what hangs is stopped.
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
