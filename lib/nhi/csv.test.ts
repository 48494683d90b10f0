import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { csvRow } from '../record/csv'
import { readCsv, unmarked } from './csv'

describe('reading CSV', () => {
  it('takes back whatever was written', () => {
    const table = fc.array(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 4 }), {
      minLength: 1,
    })
    fc.assert(
      fc.property(table, (rows) => {
        const read = readCsv(`\ufeff${rows.map(csvRow).join('')}`)
        expect(read.problem).toBeNull()
        expect(read.rows.map(({ cells }) => cells.map(unmarked))).toEqual(
          rows.map((cells) => cells.map(unmarked)),
        )
      }),
    )
  })

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '\tx', '\rx', '＝1', '＋1', '－1', '＠x'])(
    'C33 %j comes back as the text that it is',
    (text) => {
      const [cell = ''] = readCsv(csvRow([text])).rows[0]?.cells ?? []
      expect(cell).toBe(`'${text}`)
      expect(unmarked(cell)).toBe(text)
    },
  )

  const bad: readonly [string, number, RegExp][] = [
    ['a\nb"c', 2, /quote inside a cell/],
    ['a,"b\nc', 1, /never ends/],
    ['"a"b', 1, /follows the closing quote/],
    ['a\rb', 1, /CR alone/],
  ]
  test.each(bad)('guesses nothing: %j', (text, line, sentence) => {
    expect(readCsv(text).problem).toEqual({ line, sentence: expect.stringMatching(sentence) })
  })
})
