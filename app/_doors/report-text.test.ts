import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { POST as receipt } from '../api/v1/executor/receipt/route'
import { POST as redeem } from '../api/v1/executor/redeem/route'
import { type ExecutorTest, openExecutorTest } from './executor.test-support'
import { exportedTo } from './exported.test-support'
import { pdfText } from './pdf-text.test-support'

/** A title that was made to deceive whoever reads it: an override, a blank that nobody sees, markup of the typesetter, a script. */
const HOSTILE = 'Invoice \u202efdp.exe\u200b #strong[paid] $x$ <script>'

let t: ExecutorTest
let folder: string
let text: string
let file: Awaited<ReturnType<ExecutorTest['file']>>

/** A case with a hostile title, an approved and executed change, and a receipt as its evidence. */
beforeAll(async () => {
  t = await openExecutorTest()
  await t.signIn()
  const id = await t.promoted()
  const { request, warrant, jti } = await t.warranted(id)
  await t.person('ada', id, 'retitle-case', { title: HOSTILE })
  await t.person('ada', id, 'correct-entry', { seq: 0, correction: 'It was seen on the 2nd, not the 3rd.' })
  await t.machine(redeem, '/api/v1/executor/redeem', { warrant })
  const done = await t.machine(receipt, '/api/v1/executor/receipt', {
    ...{ case: id, request, jti, outcome: 'succeeded', summary: 'The password is another one.' },
    ...{
      result: { ok: true },
      started_at: '2026-01-01T00:00:00.000Z',
      finished_at: '2026-01-01T00:00:01.000Z',
    },
  })
  expect(done.status, done.text).toBe(200)
  file = await t.file(id)
  folder = await exportedTo(t, id, 'The yearly audit of changes')
  text = pdfText(join(folder, 'data/derived/case.pdf'))
})
afterAll(() => t?.close())

/** Digests are set in groups, to be compared by eye. */
const joined = () => text.replaceAll(' ', '')

describe('the report that an auditor hands on, as it is read', () => {
  it('has a cover that says what it is, for whom, and that it is no evidence', () => {
    const cover = text.slice(0, text.indexOf('Summary'))
    for (const said of [
      'CASE REPORT',
      'Halden Instruments',
      'One case, from its first event to this export',
      'Esther',
      '“The yearly audit of changes”',
      'This report is for reading. It is not evidence.',
    ])
      expect(cover).toContain(said)
    const [origin = '', size = ''] = readFileSync(join(folder, 'data/log/checkpoint'), 'utf8').split('\n')
    expect(cover).toContain(origin)
    expect(cover).toContain(`Entries ${size}`)
  })

  it('says who did what, and when', () => {
    const happened = text.slice(text.indexOf('What happened'), text.indexOf('How to check it 1.'))
    for (const { at, who } of file.timeline) {
      expect(happened).toContain(`${at.slice(0, 10)} ${at.slice(11, 23)}`)
      expect(happened).toContain(who.name.split(' ')[0])
    }
    expect(happened).toContain('approved')
  })

  it('says at an entry that it was corrected, by whom, when, to what, and where that is on record', () => {
    const happened = text.slice(text.indexOf('What happened'), text.indexOf('How to check it 1.'))
    const { seq } = file.timeline.find(({ type }: { type: string }) => type === 'entry.corrected')
    const note = happened.indexOf(`corrected in No. ${seq} by Ada Okafor, `)
    expect(note).toBeGreaterThan(0)
    expect(note).toBeLessThan(happened.indexOf('opened the case'))
    expect(happened.slice(note, note + 140)).toContain('“It was seen on the 2nd, not the 3rd.”')
    expect(happened).toContain('corrected entry 0')
  })

  it('C07 has each approval with its code, its method and the digest of what was decided on', () => {
    const [action] = file.actions
    const changes = text.slice(text.indexOf('Changes and who approved them'), text.indexOf('What happened'))
    expect(changes).toContain(action.short_code.replace('-', ' ').toUpperCase())
    expect(changes).toContain('Chiara Lind')
    expect(changes).toContain(action.action.purpose)
    const approval = file.timeline.find(({ type }: { type: string }) => type === 'approval.recorded')
    expect(joined()).toContain(approval.data.statement_sha256)
    expect(joined()).toContain(action.action_digest.replace('sha256:', ''))
  })

  it('C34 lists the evidence with the digests by which it is found', () => {
    const found = text.slice(text.indexOf('Evidence WHAT'))
    expect(file.evidence.length).toBeGreaterThan(0)
    for (const { name, sha256 } of file.evidence) {
      expect(found).toContain(name)
      expect(joined()).toContain(sha256)
    }
  })

  it('says how the bundle is checked with what is on every machine', () => {
    const checks = text.slice(text.lastIndexOf('How to check it'))
    for (const command of [
      'sha256sum -c --quiet manifest-sha256.txt',
      'ssh-keygen -Y verify',
      'openssl dgst -sha256 -verify credential.pem -signature signature.bin signed.bin',
      'node verify.mjs . --policy YOUR-POLICY',
    ])
      expect(checks).toContain(command)
  })

  it('C43 shows what a hostile title hides, and sets its markup as text', () => {
    expect(text).toContain('⟨U+202E right-to-left override⟩fdp.exe')
    expect(text).toContain('⟨U+200B')
    expect(text).toContain('#strong[paid] $x$ <script>')
    expect(text).not.toMatch(/[\u202e\u200b]/)
  })
})
