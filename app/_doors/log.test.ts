import { describe, expect, it } from 'vitest'
import { logTo } from './log'

const FORGED = '{"level":30,"time":"2026-01-01T00:00:00.000Z","app":"on-record","msg":"answered"}'
const HOSTILE = [
  `a\r\n${FORGED}\r\n`,
  `a\n${FORGED}`,
  `a\u2028${FORGED}\u2029`,
  `a\u0085${FORGED}`,
  'a\u001b[2K\u001b[1Gnothing happened',
  'a\u0000b\u007f\u009b',
  'gpj.\u202ereport\u200b\ufeff',
  `"},${FORGED}`,
]

function written(work: (log: ReturnType<typeof logTo>) => void): string {
  const all: string[] = []
  const sink = {
    write(text: string) {
      all.push(text)
    },
  }
  work(logTo(sink, 'info'))
  return all.join('')
}

describe('the log', () => {
  it.each(HOSTILE)('C67 stays one line of JSON, whatever is in its fields: %j', (hostile) => {
    const error = Object.assign(new Error(hostile), { code: hostile })
    const all = written((log) => {
      log.info({ request: hostile, method: hostile, path: hostile, status: 200, ms: 1 }, hostile)
      log.warn({ why: hostile, [hostile]: 1 }, 'refused')
      log.error({ at: [hostile], nested: { code: hostile }, err: error }, 'failed')
    })
    const lines = all.split('\n')
    expect(lines.pop()).toBe('')
    expect(lines).toHaveLength(3)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may stand in a line
    const breaking = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\ufeff]/
    for (const line of lines) expect(line).not.toMatch(breaking)
    const [first] = lines.map((line) => JSON.parse(line))
    expect(first, 'and says what was there').toMatchObject({ path: hostile, msg: hostile, level: 30 })
  })
})
