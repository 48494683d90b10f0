import { spawn } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { closing, one, parseClosing, sum } from '../test/count.mjs'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
process.env.NEXT_TELEMETRY_DISABLED = '1'

const tests = await counted('npm', ['test'])
process.stdout.write('\nA newcomer: a clean clone, npm start, the main job.\n')
const newcomer = await counted(process.execPath, ['scripts/newcomer/clean-clone.mjs'])
const total = sum([tests, newcomer])
process.stdout.write(`\n${closing(total)}`)
process.exit(total.failed === 0 ? 0 : 1)

/**
 * Runs a program that closes with such a line. One that dies without it, or ends badly though it counts no failure, has failed.
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {Promise<import('../test/count.mjs').Count>}
 */
function counted(program, args) {
  return new Promise((done) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
    let tail = ''
    child.stdout.on('data', (part) => {
      process.stdout.write(part)
      tail = (tail + part).slice(-10_000)
    })
    child.once('error', () => done(one(program, false)))
    child.once('close', (code) => {
      const count = parseClosing(tail) ?? one(`${program} ${args.join(' ')}`, false)
      done(code === 0 || count.failed > 0 ? count : sum([count, one(`${program} ended badly`, false)]))
    })
  })
}
