import { describe, expect, it } from 'vitest'
import { fromUtf8 } from './bytes'
import { csvRow, timelineCsv } from './csv'
import { vectorText } from './vectors.test-support'

describe('the timeline as a spreadsheet', () => {
  it.each([
    '=cmd|calc',
    '+1',
    '-1',
    '@SUM(A1)',
    '\tx',
    '\rx',
    '\nx',
    ' =1',
    '\u00a0\u2028@x',
    '\u0000x',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    '=HYPERLINK("http://evil")',
  ])('C33: shows %j instead of running it', (text) => {
    expect(csvRow([text])).toBe(`"'${text.replaceAll('"', '""')}"\r\n`)
  })

  it.each(['a=1', ' a=1', "'=1", '', '1+1', 'é', 'a"b', 'a,b', 'a\nb'])('C33: leaves %j as it is', (text) => {
    expect(csvRow([text, 7])).toBe(`"${text.replaceAll('"', '""')}","7"\r\n`)
  })

  it('is the one of the published example', async () => {
    const events = vectorText('sample-bag/data/events.ndjson')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const proofs = vectorText('sample-bag/data/log/proofs.ndjson')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    async function* rows() {
      for (const [i, { seq, at, type, actor, data }] of events.entries()) {
        yield {
          seq,
          index: proofs[i].index,
          at,
          type,
          actor: actor.id,
          summary: data.title ?? data.reason ?? '',
        }
      }
    }
    let text = ''
    for await (const chunk of timelineCsv(rows())) text += fromUtf8(chunk)
    expect(text).toBe(vectorText('sample-bag/data/derived/timeline.csv'))
  })
})
