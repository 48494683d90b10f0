import { one, sum } from '../test/count.mjs'

/** @typedef {<T>(name: string, work: () => T | Promise<T>) => Promise<T>} Step */

/** Runs named steps, tells how each went, and counts them. A step that fails throws on: what follows would only fail too. */
export function steps() {
  /** @type {import('../test/count.mjs').Count[]} */
  const counts = []
  /** @type {Step} */
  const step = async (name, work) => {
    try {
      const value = await work()
      counts.push(one(name, true))
      process.stdout.write(
        `✓ ${name}${typeof value === 'string' && value !== '' && value.length < 80 ? ` (${value})` : ''}\n`,
      )
      return value
    } catch (error) {
      counts.push(one(`a newcomer: ${name}`, false))
      process.stdout.write(`✗ ${name}\n  ${error instanceof Error ? error.message : error}\n`)
      throw error
    }
  }
  return { step, count: () => sum(counts) }
}
