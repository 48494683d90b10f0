import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aCase, done } from '../../database.test-support'
import { sampleActor } from '../../seed/actors'
import { askFor, fileIn, type TestExports, testExports } from '../export.test-support'

// Whatever people type at the beginning of a field, in its middle and at its end.
const TEXTS = [
  ...['=1+1', '+1', '-1', '@x', '\t=1', '\r=1', '\n=1', '＝1', 'a"b', '"', 'a,b', "'", 'a\r\nb,"c"\n', '\\"'],
  ...[
    ' =1',
    'a\u2028=1',
    '</td><script>',
    '&lt;',
    '<!--',
    ']]>',
    '{"a":1}',
    'a'.repeat(4_000),
    '\u200b=1',
    '👩‍🚒',
    'شيء',
  ],
]

let test: TestExports
let id: string
beforeAll(async () => {
  test = await testExports()
  for (const half of [0, 1]) {
    const order = { kind: 'case', stream: await aCase(test.deps), command: 'addComment' } as const
    for (const text of TEXTS.filter((_, index) => index % 2 === half))
      await done(test.deps, sampleActor('usr_ada'), { ...order, input: { text } })
  }
  id = await askFor(test, { scope: 'everything' })
  await test.writeAll()
})
afterAll(() => test?.close())

const file = (path: string) => fileIn(test, id, `data/${path}`)
const lines = async (path: string) => (await file(path)).trimEnd().split('\n')

/** RFC 4180 and nothing else: whatever is left over is no table. */
function table(csv: string): string[][] {
  const rows: string[][] = [[]]
  let at = 0
  for (const { 0: whole, 1: field = '', 2: end, index } of csv.matchAll(/"((?:[^"]|"")*)"(,|\r\n)/gy)) {
    expect(index).toBe(at)
    at += whole.length
    rows.at(-1)?.push(field.replaceAll('""', '"'))
    if (end === '\r\n') rows.push([])
  }
  expect(csv.slice(at)).toBe('')
  return rows.slice(0, -1)
}

describe('the readable forms of everything', () => {
  it('C29 tell of each event of the record once, in its order, and of nothing else', async () => {
    const events = (await lines('events.ndjson')).map((line) => JSON.parse(line))
    const recorded = events.map(({ case: stream, seq }) => `${stream}/${seq}`)
    expect(recorded.length).toBeGreaterThan(TEXTS.length)

    const [head = [], ...rows] = table((await file('derived/timeline.csv')).replace('\ufeff', ''))
    expect(rows.every((row) => row.length === head.length)).toBe(true)
    const column = (name: string) => rows.map((row) => row[head.indexOf(name)] ?? '')
    expect(column('seq').map((seq, row) => `${column('stream')[row]}/${seq}`)).toEqual(recorded)
    expect(column('at')).toEqual(events.map(({ at }) => at))
    expect(column('actor')).toEqual(events.map(({ actor }) => actor.id))

    const page = await file('derived/timeline.html')
    expect([...page.matchAll(/<tr id="([^"]+)">/g)].map(([, row]) => row)).toEqual(recorded)
    const siem = (await lines('derived/ocsf.ndjson')).map((line) => JSON.parse(line))
    expect(siem.map(({ metadata }) => metadata.uid)).toEqual(recorded)
    expect(siem.map(({ time }) => new Date(time).toISOString())).toEqual(events.map(({ at }) => at))

    const { streams } = JSON.parse(await file('derived/case.json'))
    type Stream = { id: string; events: { seq: number; data: unknown }[] }
    const kept = (streams as Stream[]).flatMap((stream) =>
      stream.events.map(({ seq, data }) => ({ place: `${stream.id}/${seq}`, data })),
    )
    expect(kept).toEqual(events.map(({ data }, index) => ({ place: recorded[index], data })))
  })

  it('C33 begin no field of the table with what a spreadsheet runs, also behind what it skips', async () => {
    for (const row of table((await file('derived/timeline.csv')).replace('\ufeff', '')))
      for (const field of row) expect(field).not.toMatch(/^\s*[=+\-@＝＋－＠]/)
  })
})
