// npm run check: types, style, boundaries and the tests of the rules, side by side. No database, no browser.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { install, isInstalled } from '../build/install.mjs'
import { CHECKS, check, RULE_TESTS, show } from './checks.mjs'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
if (!isInstalled(root)) await install(root)
const all = { ...CHECKS, 'rule tests': RULE_TESTS }
const outcomes = await Promise.all(
  Object.entries(all).map(async ([name, command]) => {
    const outcome = await check(root, name, command)
    show(outcome)
    return outcome
  }),
)
process.exitCode = outcomes.every(({ ok }) => ok) ? 0 : 1
