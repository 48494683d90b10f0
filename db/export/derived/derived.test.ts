import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { done, FINDING } from '../../database.test-support'
import { sampleActor } from '../../seed/actors'
import {
  askFor,
  failures,
  fileIn,
  readZip,
  type TestExports,
  testExports,
  verdictOn,
  zipOf,
} from '../export.test-support'
import type { Cover } from './cover'
import { html } from './html'
import { ocsfEvent } from './ocsf'
import type { Told } from './told'

/** What somebody wrote to deceive whoever reads it: a formula, markup, a script, an override, characters without a glyph. */
const HOSTILE =
  '=HYPERLINK("https://evil.example","pay")<script>alert(1)</script>\u202egnp.exe 漢字 #strong[x] $x$'

let test: TestExports
let id: string
beforeAll(async () => {
  test = await testExports()
  const stream = test.deps.newId('case')
  const hugo = sampleActor('usr_hugo')
  const order = { kind: 'case', stream } as const
  await done(test.deps, hugo, { ...order, command: 'promoteFinding', input: { ...FINDING, title: HOSTILE } })
  await done(test.deps, sampleActor('usr_ada'), {
    ...order,
    command: 'addComment',
    input: { text: `a\r\n${HOSTILE}` },
  })
  // The comment is corrected, and the correction is corrected in its turn.
  for (const [of, what] of [
    [2, HOSTILE],
    [3, 'It was at 10:42.'],
  ] as const) {
    const input = { seq: of, correction: what, reason: null }
    await done(test.deps, sampleActor('usr_bruno'), { ...order, command: 'correctEntry', input })
  }
  id = await askFor(test, stream)
  await test.writeAll()
})
afterAll(() => test?.close())

const derived = (name: string) => fileIn(test, id, `data/derived/${name}`)

describe('the readable forms of an export', () => {
  it('C29 change nothing about what the verifier says', async () => {
    expect(failures(await verdictOn(test, id))).toEqual([])
  })

  it('C33 hold a table that no spreadsheet runs', async () => {
    const csv = await derived('timeline.csv')
    const fields = csv.match(/"(?:[^"]|"")*"/g) ?? []
    expect(fields.length).toBeGreaterThan(20)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that start a formula
    for (const field of fields) expect(field.slice(1)).not.toMatch(/^[=+\-@\t\r\u0000＝＋－＠]/)
    expect(csv).toContain('"\'=HYPERLINK')
    expect(csv).toContain('⟨U+202E right-to-left override⟩')
    expect(csv).not.toContain('\u202e')
  })

  it('C35 C43 hold a page without script, in which text stays text and nothing hides', async () => {
    const page = await derived('timeline.html')
    expect(page).not.toMatch(/<script/i)
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(page).toContain("default-src 'none'")
    expect(page).not.toContain('\u202e')
    expect(page).not.toMatch(/\s(?:src|href|on\w+)=/)
    expect(page).toContain('Not evidence')
    expect(html(`"'><&`)).toBe('&quot;&#39;&gt;&lt;&amp;')
  })

  it('show a correction at the entry that was corrected, the newest first, and as an entry of its own', async () => {
    const csv = (await derived('timeline.csv')).split('"\r\n')
    const [comment, first] = [
      csv.find((row) => row.includes('"comment.added"')),
      csv.find((row) => row.includes('"corrected entry 2"')),
    ]
    expect(comment).toMatch(
      /"corrected in No\. 4 by Bruno Salas, [^\n]+ UTC: It was at 10:42\.\ncorrected in No\. 3 by Bruno Salas/,
    )
    expect(first).toContain('"corrected in No. 4 by Bruno Salas')
    const page = await derived('timeline.html')
    const row = page.split('<tr ').find((each) => each.includes('>commented<')) ?? ''
    expect(row).toMatch(/corrected in No\. 4 by Bruno Salas.+<q>It was at 10:42\.<\/q>.+corrected in No\. 3/)
    const { streams } = JSON.parse(await derived('case.json'))
    expect(streams[0].events.map((event: { corrected_by?: number[] }) => event.corrected_by ?? null)).toEqual(
      [null, null, [4, 3], [4], null, null],
    )
    const siem = (await derived('ocsf.ndjson'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).unmapped)
    expect(siem[2].corrected_by).toEqual([4, 3].map((seq) => `${siem[0].stream}/${seq}`))
    expect(siem[4].corrects).toBe(`${siem[0].stream}/3`)
  })

  it('C67 hold a line for each event that a SIEM can read, and no line that somebody wrote', async () => {
    const lines = (await derived('ocsf.ndjson')).trimEnd().split('\n')
    const events = (await fileIn(test, id, 'data/events.ndjson')).trimEnd().split('\n')
    expect(lines.length).toBe(events.length)
    for (const line of lines) {
      const event = JSON.parse(line)
      expect(event.type_uid).toBe(event.class_uid * 100 + event.activity_id)
      expect(event.category_uid).toBe(Math.floor(event.class_uid / 1000))
      expect(event.metadata.version).toBe('1.5.0')
    }
  })

  it('hold the state that the events fold to', async () => {
    const { streams } = JSON.parse(await derived('case.json'))
    expect(streams).toMatchObject([{ state: { title: HOSTILE, comments: 1, stage: 'identify' } }])
  })

  it('C43 hold a report as PDF, the same bytes each time, in which every character is shown or named', async () => {
    const { reader, close } = await readZip(zipOf(test, id))
    const parts: Uint8Array[] = []
    for await (const part of reader.open('data/derived/case.pdf')) parts.push(part)
    await close()
    const pdf = Buffer.concat(parts)
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdf.includes('pdfaid:part>2<')).toBe(true)
    expect(pdf.includes('/JavaScript')).toBe(false)
    const folder = await mkdtemp(join(tmpdir(), 'on-record-pdf-'))
    await writeFile(join(folder, 'case.pdf'), pdf)
  })
})

describe('an event as OCSF has it', () => {
  const log: Cover['log'] = { origin: 'localhost/log', size: 1, root: '', place: 0 }
  const told = (type: string, data: object = {}, stream = 'case_1'): Told => ({
    ...{
      stream,
      seq: 0,
      index: 0,
      at: '2026-03-02T08:00:00.000Z',
      type,
      what: 'did it',
      said: '',
      who: 'Ada',
    },
    about: stream.startsWith('case_') ? { number: 1, title: 'Leak', severity: 'high' } : null,
    actor: { id: 'usr_ada', kind: 'human', via: 'web', auth: { acr: 'pwd', amr: [], auth_time: 0 } },
    policy: { bundle: '', decision: 'allow', decision_id: '', rule: '' },
    ...{ correlation: '', sha256: '', corrections: [], data: data as Record<string, unknown> },
  })
  const classed = (type: string, data: object = {}, stream?: string) =>
    ocsfEvent(told(type, data, stream), { log, organization: 'Halden' }) as Record<string, unknown>

  it.each([
    ['finding.promoted', {}, { class_uid: 2005, activity_id: 1, status_id: 1, severity_id: 4 }],
    ['case.state', { to: 'confirm' }, { class_uid: 2005, activity_id: 2, status_id: 2 }],
    ['case.state', { to: 'act' }, { class_uid: 2005, status_id: 2 }],
    ['case.state', { to: 'verify' }, { class_uid: 2005, status_id: 4 }],
    ['case.closed', {}, { class_uid: 2005, activity_id: 3, status_id: 5 }],
    [
      'action.executed',
      { outcome: 'succeeded', request: 'req_1' },
      { class_uid: 7001, status_id: 1, command_uid: 'req_1' },
    ],
    ['action.executed', { outcome: 'failed' }, { class_uid: 7001, status_id: 2 }],
    ['action.executed', { outcome: 'unknown' }, { class_uid: 7001, status_id: 0 }],
    ['approval.recorded', { request: 'req_1' }, { class_uid: 6003, activity_id: 1 }],
    ['warrant.issued', { request: 'req_1' }, { class_uid: 6003, activity_id: 1 }],
  ])('a case’s %s %o', (type, data, expected) => expect(classed(type, data)).toMatchObject(expected))

  it.each([
    ['member.added', { member: 'usr_x', name: 'X' }, 'registry', { class_uid: 3001, activity_id: 1 }],
    ['member.removed', { member: 'usr_x' }, 'registry', { class_uid: 3001, activity_id: 5 }],
    [
      'member.roles',
      { member: 'usr_x', to: ['admin'] },
      'registry',
      { class_uid: 3005, privileges: ['admin'] },
    ],
    ['nhi.registered', { name: 'svc' }, 'nhi_svc', { class_uid: 3004, activity_id: 1 }],
    ['owner.changed', {}, 'nhi_svc', { class_uid: 3004, activity_id: 3 }],
    ['policy.denied', { command: 'exportRecord' }, 'registry', { class_uid: 6003, status_id: 2 }],
  ])('%s %o of %s', (type, data, stream, expected) =>
    expect(classed(type, data, stream)).toMatchObject(expected),
  )
})
