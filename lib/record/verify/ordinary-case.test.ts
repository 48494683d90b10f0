import { describe, expect, it } from 'vitest'
import { newAuthority } from '../../anchor/authority.test-support'
import { timestampRequest } from '../../anchor/request'
import { concat, utf8 } from '../bytes'
import { sha256 } from '../digest'
import { readerOf, reseal } from '../folder.test-support'
import { allowedSignersLine } from '../sshsig'
import { codes, ordinarily, tell, verdictOn as verify } from '../story.test-support'
import { verifyBundle } from '../verify'
import { attach, CASE, EXPORT, POLICY, record } from '../world.test-support'
import { approve } from '../world-acts.test-support'
import { pack, signedHead, sourceOf } from '../world-bundle.test-support'

describe('an ordinary case', () => {
  it('C29: is verified', async () => {
    const report = await verify(tell())
    expect(codes(report)).toEqual([])
    expect(report).toMatchObject({
      integrity: 'pass',
      completeness: 'pass',
      authenticity: 'pass',
      verified: true,
    })
  })

  it('C29: is verified without the whole log where nothing rests on the registry', async () => {
    const nobodyDecides = {
      ...{ 'bob approves': null, 'dana approves': null },
      ...{ requested: null, issued: null, redeemed: null, executed: null },
    }
    const report = await verify(tell(nobodyDecides), { tiles: false })
    expect(codes(report)).toEqual([])
    expect(report.verified).toBe(true)
  })

  it('C30: is verified again when a second export extends the first', async () => {
    const world = tell()
    const kept = signedHead(world)
    record(world, CASE, 'usr_alice', 'comment.added', { text: 'more' })
    record(world, CASE, 'usr_audra', 'case.exported', { scope: 'case' })
    const old = kept.split('\n')[1]
    expect(codes(await verify(world, {}, { checkpoints: [kept] }))).toEqual([])
    const withoutLog = await verify(world, { tiles: false, old: Number(old) }, { checkpoints: [kept] })
    expect(codes(withoutLog, 'note')).toContain('kept.consistent')
    expect(codes(withoutLog)).toEqual([])
  })

  it('C31: says that a first export is not all that there is by now', async () => {
    const world = tell()
    record(world, CASE, 'usr_alice', 'comment.added', { text: 'after the export' })
    const last = world.log.findLast((event) => event.case === CASE)?.seq ?? 0
    const report = await verify(world, { hide: (seq) => seq === last })
    expect(report.verified).toBe(true)
    expect(codes(report, 'note')).toContain('tail.later_events')
  })
})

describe('evidence', () => {
  it('C34: may be withheld on record, not in silence', async () => {
    const world = tell({ evidence: (w) => attach(w, 'secret') })
    const [digest = ''] = [...world.evidence.keys()]
    world.evidence.clear()
    expect(codes(await verify(world))).toEqual(['evidence.missing'])
    const said = tell({
      evidence: (w) => {
        attach(w, 'secret')
        record(w, CASE, 'usr_alice', 'evidence.withheld', { sha256: digest, reason: 'sealed' })
      },
    })
    said.evidence.clear()
    const report = await verify(said)
    expect(codes(report)).toEqual([])
    expect(codes(report, 'note')).toContain('evidence.withheld')
  })
})

describe('a secret that was found', () => {
  it('C58: is on record by its digest, and never in a bundle', async () => {
    const sealed = { sha256: 'ab'.repeat(32), bytes: 9, kind: 'sealed-secret' }
    const world = tell({ evidence: (w) => record(w, CASE, 'usr_alice', 'evidence.attached', sealed) })
    const report = await verify(world)
    expect(codes(report)).toEqual([])
    expect(codes(report, 'note')).toContain('evidence.withheld')
  })
})

/** The export of a period that begins with the evidence, behind which the case's own beginning lies. */
const ofPeriod = () =>
  tell({
    'another case': null,
    exported: (world) => {
      const first = world.log.findIndex(({ case: name, seq }) => name === CASE && seq === 1)
      const [from, to] = ['2026-03-02T08:00:06.000Z', '2026-03-03T00:00:00.000Z']
      const period = { scope: 'period', from, to, first, last: null }
      record(world, 'registry', 'usr_audra', 'record.exported', period)
    },
    'another case goes on': null,
  })
const fromThere = { wide: true }

describe('an export of several streams', () => {
  it('C29: covers everything, or says what it cannot show', async () => {
    const everything = tell({
      exported: null,
      'another case goes on': (w) => record(w, CASE, 'usr_audra', 'case.exported', { scope: 'everything' }),
    })
    const streams = ['registry', 'case_2', CASE]
    const report = await verify(everything, { streams })
    expect(codes(report)).toEqual([])
    expect(report.verified).toBe(true)
    expect(codes(await verify(everything, { streams, tiles: false }), 'not-shown')).toEqual([
      'registry.partial',
      'tail.not_shown',
    ])
    expect(codes(await verify(everything, { streams: ['registry', CASE] }))).toEqual(['stream.hidden_events'])
  })

  it('C29: of a period says from where it starts', async () => {
    const report = await verify(ofPeriod(), { ...fromThere, hide: (seq) => seq < 1 })
    expect(codes(report)).toEqual([])
    expect(codes(report, 'not-shown')).toEqual(['chain.start_not_shown'])
  })
})

describe('what a verdict leaves open is said', () => {
  it('C29: who packed the bundle', async () => {
    const published = (key: string) =>
      tell({
        'warrant key': (world) => {
          ordinarily('warrant key')(world)
          record(world, 'registry', 'svc_onrecord', 'export-key.published', { key })
        },
      })
    const own = allowedSignersLine('x', EXPORT.publicKey).split(' ').slice(2).join(' ').trim()
    const report = await verify(published(own))
    expect(codes(report)).toEqual([])
    expect(codes(report, 'note')).toEqual(['signature.own_key'])
    expect(codes(await verify(published('ssh-ed25519 AAAA')))).toEqual(['signature.unpublished_key'])
    const allowed = { allowedSigners: allowedSignersLine('onrecord.test', EXPORT.publicKey) }
    expect(codes(await verify(tell(), {}, allowed), 'note')).toEqual([])
  })

  it('that nobody says whom to trust', async () => {
    const files = await pack(sourceOf(tell()))
    files.delete('data/log/policy')
    reseal(files)
    const report = await verifyBundle(readerOf(files))
    expect(codes(report, 'not-shown')).toEqual(['policy.missing'])
    expect(report.verified).toBe(false)
  })

  it('that a part of the log is not there', async () => {
    const world = tell()
    for (let i = 0; i < 300; i++) record(world, 'case_2', 'usr_zoe', 'comment.added', { i })
    const files = await pack(sourceOf(world))
    files.delete('data/log/tile/entries/000')
    reseal(files)
    expect(codes(await verifyBundle(readerOf(files), { policy: POLICY }), 'note')).toContain(
      'tile.incomplete',
    )
  })

  it('that an older checkpoint cannot be compared, and whose a timestamp is', async () => {
    const world = tell()
    const old = signedHead(world, 5)
    const stamped = (timestamp: Uint8Array) => ({
      ...sourceOf(world, { tiles: false }),
      anchors: [{ size: 5, checkpoint: old, timestamp }],
    })
    const authority = newAuthority({ kind: 'ec' })
    const timestamp = authority.reply(timestampRequest(sha256(old), '1234567890abcdef'))
    const report = await verifyBundle(readerOf(await pack(stamped(timestamp))), { policy: POLICY })
    expect(codes(report)).toEqual([])
    expect(codes(report, 'note')).toEqual([
      'anchor.not_comparable',
      'anchor.timestamp_unchecked',
      'signature.own_key',
    ])
    // Of another checkpoint, with the digest of this one somewhere around it.
    const other = concat(
      authority.reply(timestampRequest(sha256('another'), '1234567890abcdef')),
      sha256(old),
    )
    for (const wrong of [other, concat(utf8('\u0004 '), sha256(old))])
      expect(codes(await verifyBundle(readerOf(await pack(stamped(wrong))), { policy: POLICY }))).toEqual([
        'anchor.timestamp_mismatch',
      ])
  })

  it('that a request is from before the period', async () => {
    const report = await verify(ofPeriod(), { ...fromThere, hide: (seq) => seq < 3 })
    expect(codes(report, 'not-shown')).toEqual(['approval.request_not_shown', 'chain.start_not_shown'])
  })

  it('C29: an approval by signing in again keeps its statement', async () => {
    const world = tell({ 'bob approves': (w) => approve(w, { approver: 'usr_bob', method: 'oidc-nonce' }) })
    world.approvals.delete('apr_usr_bob')
    expect(codes(await verify(world))).toContain('approval.statement_missing')
  })
})
