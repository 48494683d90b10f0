// The verifier as one file: `node verify.mjs <bundle>`. Reads files, asks no network, and knows nothing but lib/record.
import { isMalformed } from '../../lib/record/malformed'
import { verifyBundle } from '../../lib/record/verify'
import { openBundle } from './open'
import { parseArguments, readOptions, USAGE } from './options'
import { printed } from './print'
import { progressOn } from './progress'

const [PASSED, FAILED, UNREADABLE] = [0, 1, 2]

async function main(words: readonly string[]): Promise<number> {
  const given = parseArguments(words)
  if ('help' in given) return say(USAGE, PASSED)
  if ('mistake' in given) return complain(`${given.mistake}\n\n${USAGE}`)
  const bundle = await openBundle(given.bundle)
  const { watch, done } = progressOn(process.stderr)
  try {
    const report = await verifyBundle(bundle.reader, await readOptions(given), watch)
    done()
    const hasFailed = [report.integrity, report.completeness, report.authenticity].includes('fail')
    return say(
      given.json ? `${JSON.stringify(report, null, 2)}\n` : printed(report),
      hasFailed ? FAILED : PASSED,
    )
  } finally {
    await bundle.close()
  }
}

function say(text: string, code: number): number {
  process.stdout.write(text)
  return code
}

function complain(text: string): number {
  process.stderr.write(text)
  return UNREADABLE
}

// What can't be read is expected: a sentence, not a stack.
function isExpected(thrown: unknown): thrown is Error {
  return isMalformed(thrown) || (thrown instanceof Error && 'syscall' in thrown)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (thrown) {
  if (!isExpected(thrown)) throw thrown
  process.exitCode = complain(`${thrown.message}\n`)
}
