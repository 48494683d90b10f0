/** @typedef {<T>(name: string, work: () => T | Promise<T>) => Promise<T>} Step */

/** Runs named steps, tells how each went, and counts them. A step that fails throws on: what follows would only fail too. */
export function steps() {
  const count = { passed: 0, failed: 0, skipped: 0 }
  /** @type {Step} */
  const step = async (name, work) => {
    try {
      const value = await work()
      count.passed += 1
      process.stdout.write(
        `✓ ${name}${typeof value === 'string' && value !== '' && value.length < 80 ? ` (${value})` : ''}\n`,
      )
      return value
    } catch (error) {
      count.failed += 1
      process.stdout.write(`✗ ${name}\n  ${error instanceof Error ? error.message : error}\n`)
      throw error
    }
  }
  return { step, count: () => count }
}
