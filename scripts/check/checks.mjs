import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** @typedef {{ name: string, ok: boolean, seconds: number, output: string }} Outcome */

/** What can be said of the source as it stands, without running it: each is one program. */
export const CHECKS = {
  types: ['typescript/bin/tsc', '--noEmit', '-p', '.'],
  style: ['@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
  boundaries: [
    'dependency-cruiser/bin/dependency-cruise.mjs',
    ...['--config', '.dependency-cruiser.cjs'],
    ...['app', 'components', 'db', 'lib', 'scripts', 'proxy.ts'],
  ],
  // What it has read of a file that hasn't changed since, it keeps.
  'dead code': ['knip/bin/knip.js', '--no-progress', '--cache'],
}

/** On all processors, since the others are done long before. What is tried exhaustively is left to `npm test`. */
export const RULE_TESTS = [
  'vitest/vitest.mjs',
  ...['run', '--project', 'rules', '--reporter=dot', '--maxWorkers=100%'],
]

/**
 * @param {string} root
 * @param {string} name
 * @param {readonly string[]} command a program of node_modules and its arguments
 * @returns {Promise<Outcome>}
 */
export function check(root, name, [program = '', ...args]) {
  const started = performance.now()
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', program), ...args], {
      cwd: root,
      env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    /** @type {Buffer[]} */
    const parts = []
    child.stdout.on('data', (part) => parts.push(part))
    child.stderr.on('data', (part) => parts.push(part))
    child.once('error', (error) => parts.push(Buffer.from(error.message)))
    child.once('close', (code) => {
      const seconds = (performance.now() - started) / 1000
      done({ name, ok: code === 0, seconds, output: Buffer.concat(parts).toString() })
    })
  })
}

/** @param {Outcome} outcome */
export function show({ name, ok, seconds, output }) {
  process.stdout.write(`${ok ? '✓' : '✗'} ${name} (${seconds.toFixed(1)} s)\n${ok ? '' : `${output}\n`}`)
}
