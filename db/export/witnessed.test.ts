import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cosigner } from '@/lib/record/cosignature'
import { formatVkey, noteSigner } from '@/lib/record/note'
import { bundleWitness, type RunningWitness, startWitness } from '@/scripts/witness/witness.test-support'
import { aCase, comment, done, LOG_ORIGIN, LOG_SEED } from '../database.test-support'
import { sampleActor, setUp } from '../seed/actors'
import { SAMPLE_ORG } from '../seed/people'
import { runWitnessing } from '../witnesses/witnessing'
import { askFor, failures, fileIn, type TestExports, testExports, verdictOn } from './export.test-support'

const LOG = formatVkey(noteSigner(`${LOG_ORIGIN}/${SAMPLE_ORG}`, LOG_SEED))
let test: TestExports
let witness: RunningWitness
let id: string
const stopping = new AbortController()
let asking: Promise<void>

beforeAll(async () => {
  test = await testExports()
  const folder = await mkdtemp(join(tmpdir(), 'on-record-witness-'))
  witness = await startWitness(await bundleWitness(), folder, [LOG], '--name', 'witness.other.example/one')
  const url = test.url('on_record_sequencer')
  asking = runWitnessing({ url, lateAfter: 60, report: () => undefined }, stopping.signal)
  const { vkey, url: address } = witness
  const order = {
    kind: 'registry',
    stream: 'registry',
    command: 'addWitness',
    input: { vkey, url: address },
  } as const
  await done(test.deps, sampleActor('usr_farid'), order)
  const publishing = { ...order, command: 'publishKeys', input: { log: { vkey: LOG } } } as const
  await done(test.deps, setUp(SAMPLE_ORG), publishing)
  await test.seal()
  const stream = await aCase(test.deps)
  await comment(test.deps, stream, 'seen')
  id = await askFor(test, stream)
  await test.writeAll()
})
afterAll(async () => {
  stopping.abort()
  await asking
  await witness.kill()
  await test.close()
})

const own = (...lines: string[]) => ({ policy: `log ${LOG}\n${lines.join('\n')}\n` })

describe('a case that was witnessed by another team’s witness', () => {
  it('C24 is verified, without more words, under the auditor’s own policy', async () => {
    const report = await verdictOn(test, id, own(`witness other ${witness.vkey}`, 'quorum other'))
    expect(failures(report)).toEqual([])
    expect(report).toMatchObject({
      integrity: 'pass',
      completeness: 'pass',
      authenticity: 'pass',
      verified: true,
    })
    expect(report.conclusion).toContain('Verified, with other as witnesses under your own policy.')
  })

  it('is not independent under the bundle’s own copy, although that names the witness, too', async () => {
    expect(await fileIn(test, id, 'data/log/policy')).toContain(`witness w1 ${witness.vkey} ${witness.url}\n`)
    const report = await verdictOn(test, id, { policy: undefined })
    expect(failures(report)).toEqual([])
    expect(report.verified).toBe(false)
    expect(report.findings.map(({ code }) => code)).toContain('policy.not_independent')
  })

  it('is not verified where the auditor wants one more witness, or trusts none of ours', async () => {
    const stranger = `witness stranger ${formatVkey(cosigner('stranger.example/w', LOG_SEED))}`
    const both = own(
      `witness other ${witness.vkey}`,
      stranger,
      'group both all other stranger',
      'quorum both',
    )
    for (const [policy, code] of [
      [both, 'witness.quorum_not_met'],
      [own(stranger, 'quorum stranger'), 'witness.quorum_not_met'],
      [own('quorum none'), 'witness.none'],
    ] as const) {
      const report = await verdictOn(test, id, policy)
      expect(report.verified).toBe(false)
      expect(report.findings.map((each) => each.code)).toContain(code)
    }
  })
})

describe('an export while the witnesses are down', () => {
  it('waits a while and goes out sealed; the verifier says what is missing', async () => {
    await witness.kill()
    const stream = await aCase(test.deps)
    const late = await askFor(test, stream)
    await test.writeAll()
    const report = await verdictOn(test, late, own(`witness other ${witness.vkey}`, 'quorum other'))
    expect(report.verified).toBe(false)
    expect(report.findings.map(({ code }) => code)).toContain('witness.quorum_not_met')
  })
})
