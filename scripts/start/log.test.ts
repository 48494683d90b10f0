import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { logOf } from './log'

async function kept(said: [text: string, fromStderr: boolean][]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'on-record-log-'))
  const log = logOf(folder, 'web')
  for (const [text, fromStderr] of said) log.line(text, fromStderr)
  log.close()
  const read = () => readFile(join(folder, 'web.log'), 'utf8').catch(() => '')
  for (let waited = 0; (await read()).split('\n').length <= said.length && waited < 100; waited++)
    await pause(10)
  return (await read()).split('\n').slice(0, -1)
}

const FORGED = '{"level":30,"msg":"answered","status":200}'

it('C67 keeps a program’s own JSON lines, and wraps whatever else it prints', async () => {
  const lines = await kept([
    [FORGED, false],
    ['Error: no such \u2028 thing\rhere', false],
    ['{ not JSON }', false],
    [FORGED, true],
  ])
  const [own, printed, broken, forged] = lines.map((line) => JSON.parse(line))
  expect(lines).toHaveLength(4)
  expect(own).toMatchObject({ level: 30, msg: 'answered' })
  expect(printed).toMatchObject({ name: 'web', level: 'info', msg: 'Error: no such \u2028 thing\rhere' })
  expect(broken).toMatchObject({ msg: '{ not JSON }' })
  expect(forged, 'on stderr it is text').toMatchObject({ level: 'error', msg: FORGED })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may stand in a line
  for (const line of lines) expect(line).not.toMatch(/[\u0000-\u001f\u2028]/)
})
