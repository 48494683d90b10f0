import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { csvCell, readCsv, unmarked } from './csv'
import { COLUMNS, MOST_ROWS, previewImport } from './import'

const known = {
  members: [{ id: 'usr_dev', email: 'dev@halden.example' }],
  nhis: [{ system: 'orders', environment: 'production' as const, account: 'svc_orders' }],
  today: '2026-03-02',
}
const HEADER = 'name,kind,system,account,environment,privilege,reach,criticality,domain,purpose,owner'
const row = (changes: Record<string, string> = {}) => {
  const cells: Record<string, string> = {
    ...{
      name: 'Billing',
      kind: 'api-key',
      system: 'billing',
      account: 'svc_billing',
      environment: 'production',
    },
    ...{
      privilege: 'write',
      reach: 'Invoices.',
      criticality: 'high',
      domain: 'finance',
      purpose: 'Sends invoices.',
    },
    ...{ owner: 'Dev@halden.example', ...changes },
  }
  return HEADER.split(',')
    .map((name) => csvCell(cells[name] ?? ''))
    .join(',')
}
const preview = (...rows: string[]) => previewImport([HEADER, ...rows].join('\r\n'), known)

describe('an import', () => {
  it('previews a row as the profile that it would register', () => {
    const { rows, errors, skipped } = preview(row())
    expect({ errors, skipped }).toEqual({ errors: [], skipped: [] })
    expect(rows).toEqual([
      {
        line: 2,
        profile: expect.objectContaining({
          name: 'Billing',
          owner: 'usr_dev',
          backup_owner: null,
          review_days: 90,
        }),
      },
    ])
  })
  it('skips what is registered already', () => {
    const { rows, skipped } = preview(row({ system: 'orders', account: 'svc_orders' }))
    expect(rows).toEqual([])
    expect(skipped).toEqual([
      { line: 2, sentence: 'svc_orders in orders, production, is registered already.' },
    ])
  })
  const mistakes: readonly [Record<string, string>, string, RegExp][] = [
    [{ name: '' }, 'name', /must not be empty/],
    [{ kind: 'robot' }, 'kind', /Must be one of service-account, api-key/],
    [
      { owner: 'nobody@halden.example' },
      'owner',
      /Nobody with the address "nobody@halden.example" is an active member/,
    ],
    [{ kind: 'executor', owner: '' }, 'owner', /needs an owner/],
    [{ name: 'x'.repeat(201) }, 'name', /At most 200 characters/],
    [{ purpose: 'a\u0000b' }, 'purpose', /NUL/],
  ]
  test.each(mistakes)('says what is wrong with %o, and where', (changes, column, sentence) => {
    expect(preview(row(), row(changes)).errors).toEqual([
      { line: 3, column, sentence: expect.stringMatching(sentence) },
    ])
  })
  it('names both lines when a row is there twice', () => {
    expect(preview(row(), row()).errors).toEqual([
      { line: 3, column: 'account', sentence: 'Line 2 is about svc_billing in billing, production, too.' },
    ])
  })
  it('reads every documented column, whatever the order, and refuses days to come', () => {
    const names = Object.keys(COLUMNS).map((name) => name.replace('?', ''))
    const values = [
      'B',
      'bot',
      's',
      'a',
      'staging',
      'read',
      'r',
      'low',
      'd',
      'p',
      'dev@halden.example',
      '',
      '2026-01-01',
      '',
      '2026-09-01',
      '2027-01-01',
      '30',
    ]
    const text = [names.toReversed(), values.toReversed()].map((cells) => cells.join(',')).join('\n')
    expect(previewImport(text, known).errors).toEqual([
      { line: 2, column: 'last_rotated_on', sentence: 'This day lies in the future.' },
    ])
    const { rows } = previewImport(text.replace('2026-09-01', '2026-02-01'), known)
    expect(rows[0]?.profile).toMatchObject({ created_on: '2026-01-01', last_used_on: null, review_days: 30 })
  })
  it('C17 refuses columns that it does not know, lacks or has twice', () => {
    const { errors } = previewImport(`${HEADER.replace('name,', '')},org,kind\r\n`, known)
    expect(errors.map(({ column }) => column)).toEqual(['name', 'org', 'kind'])
    expect(errors[1]?.sentence).toMatch(/^There is no column "org"; the columns are name, kind/)
  })
  it('refuses what is too long, empty, or uneven', () => {
    expect(preview(...Array<string>(MOST_ROWS + 1).fill(row())).errors[0]?.sentence).toMatch(
      /more than 5000 rows/,
    )
    expect(preview().errors[0]?.sentence).toMatch(/no row below/)
    expect(preview('a,b').errors).toEqual([
      { line: 2, column: null, sentence: 'It has 2 cells where the header has 11.' },
    ])
    expect(previewImport('', known).errors).toHaveLength(10)
  })
  it('counts lines as an editor does, through quoted line ends, and skips empty rows', () => {
    expect(preview(row({ purpose: 'two\r\nlines' }), ',,,,,,,,,,', row({ name: '' })).errors[0]?.line).toBe(5)
  })
})

describe('C33 formulas in a CSV', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '＝1', '＋1', '－1', '＠x'])(
    '%j is written as text',
    (text) => {
      const cell = csvCell(text)
      expect(cell.replace(/^"/, '')).toMatch(/^'/)
      expect(unmarked(readCsv(cell).rows[0]?.cells[0] ?? '')).toBe(text)
    },
  )
  it('come in as the text that they are', () => {
    expect(preview(row({ name: '=cmd|calc' })).rows[0]?.profile.name).toBe('=cmd|calc')
  })
})

describe('reading CSV', () => {
  it('takes back whatever was written', () => {
    const table = fc.array(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 4 }), {
      minLength: 1,
    })
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n'), (rows, end) => {
        const text = rows.map((cells) => cells.map(csvCell).join(',') + end).join('')
        const read = readCsv(`\ufeff${text}`)
        expect(read.problem).toBeNull()
        expect(read.rows.map(({ cells }) => cells.map(unmarked))).toEqual(
          rows.map((cells) => cells.map(unmarked)),
        )
      }),
    )
  })
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
