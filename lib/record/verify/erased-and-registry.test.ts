import { describe, expect, it } from 'vitest'
import { entryBytes } from '../entry'
import { readerOf } from '../folder.test-support'
import { codes, ordinarily, revokedFirst, tell, verdictOn as verify } from '../story.test-support'
import { inclusionProof } from '../tile-proof'
import { verifyBundle } from '../verify'
import { CASE, POLICY, record, type World } from '../world.test-support'
import { enrol } from '../world-acts.test-support'
import { pack, sourceOf, tilesOf } from '../world-bundle.test-support'

describe('the registry', () => {
  const world = tell({ requested: revokedFirst })
  const hidden = 4

  it('C10: cannot hide a revocation where the whole log is there', async () => {
    const report = await verify(world, { registry: (seq) => seq !== hidden })
    expect(report).toMatchObject({ completeness: 'not-shown', verified: false })
    expect(codes(report, 'not-shown')).toEqual(['registry.partial'])
  })

  it('C10: cannot hide one between others', async () => {
    const report = await verify(
      tell({
        'dana enrols': (w) => {
          ordinarily('dana enrols')(w)
          enrol(w, 'usr_x')
        },
      }),
      { tiles: false, registry: (seq) => seq !== 3 },
    )
    expect(codes(report, 'not-shown')).toEqual(['registry.partial'])
  })

  it('C10: leaves it open without the whole log where somebody decided: a later revocation might be left out', async () => {
    for (const packing of [{}, { registry: (seq: number) => seq < 4 }]) {
      const report = await verify(packing.registry ? world : tell(), { tiles: false, ...packing })
      expect(codes(report)).toEqual([])
      expect(codes(report, 'not-shown')).toEqual(['registry.partial'])
      expect(report.verified).toBe(false)
    }
  })
})

describe('a key that was enrolled elsewhere than in the registry', () => {
  it('C10: is not enrolled', async () => {
    const world = tell({ 'another case': (w) => enrol(w, 'usr_eve', 'cred_eve', 'case_2') })
    const index = world.log.findIndex(({ case: name }) => name === 'case_2')
    const [event] = world.log.slice(index)
    const { read } = tilesOf(world.log.map(entryBytes))
    const source = {
      ...sourceOf(world),
      async *registry() {
        if (event) yield { event: event.bytes, index, path: inclusionProof(read, index, world.log.length) }
      },
    }
    const report = await verifyBundle(readerOf(await pack(source)), { policy: POLICY })
    expect(codes(report)).toEqual(expect.arrayContaining(['registry.chain', 'approval.key_not_enrolled']))
  })
})

describe('an erased body', () => {
  const erase = (world: World, seq: number, body?: string) => {
    const event = world.log.find((e) => e.case === CASE && e.seq === seq)
    if (!event) throw new Error('no such event')
    record(world, CASE, 'usr_admin', 'event.redacted', { seq, body: body ?? event.body })
    world.erased.add(event)
  }

  it('C36: leaves the rest as good as it was', async () => {
    const report = await verify(
      tell({
        executed: (w) => {
          ordinarily('executed')(w)
          erase(w, 0)
        },
      }),
    )
    expect(codes(report)).toEqual([])
    expect(report.verified).toBe(true)
    expect(codes(report, 'note')).toContain('redaction.erased')
  })

  it('C36: of evidence or of a warrant is not held against the bundle', async () => {
    for (const seq of [1, 5]) {
      const report = await verify(
        tell({
          executed: (w) => {
            ordinarily('executed')(w)
            erase(w, seq)
          },
        }),
      )
      expect(codes(report)).toEqual([])
    }
  })

  it('C36: has to be explained by an event', async () => {
    const silently = tell()
    const first = silently.log.find((e) => e.case === CASE)
    if (first) silently.erased.add(first)
    expect(codes(await verify(silently))).toEqual(['redaction.unexplained'])
    const wrongly = tell({
      executed: (w) => {
        ordinarily('executed')(w)
        erase(w, 0, '0'.repeat(64))
      },
    })
    expect(codes(await verify(wrongly))).toEqual(['redaction.mismatch'])
  })
})
