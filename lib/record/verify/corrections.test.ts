import { describe, expect, it } from 'vitest'
import { fromUtf8, utf8 } from '../bytes'
import { sha256Hex } from '../digest'
import { editLines, readerOf, reseal } from '../folder.test-support'
import { codes, ordinarily, type Telling, tell, verdictOn as verify } from '../story.test-support'
import { verifyBundle } from '../verify'
import { CASE, POLICY, record, stream, type World } from '../world.test-support'
import { pack, sourceOf } from '../world-bundle.test-support'

type Naming = { readonly seq: unknown; readonly body: unknown }

/** The ordinary case, at whose end somebody corrects an entry that they name like this. */
const correcting = (name: (world: World) => Naming, more: (world: World) => void = () => {}): Telling => ({
  executed: (world) => {
    ordinarily('executed')(world)
    record(world, CASE, 'usr_alice', 'entry.corrected', {
      ...name(world),
      text: 'It was 10:42.',
      reason: null,
    })
    more(world)
  },
})
const entry = (world: World, seq: number, where = CASE) => {
  const event = stream(world, where)[seq]
  if (!event) throw new Error('no such event')
  return event
}
const rightly = (world: World) => ({ seq: 1, body: entry(world, 1).body })

describe('a correction', () => {
  it('of an earlier entry is as good as any other event', async () => {
    const report = await verify(tell(correcting(rightly)))
    expect(codes(report)).toEqual([])
    expect(report.verified).toBe(true)
  })

  it('may be corrected in its turn', async () => {
    const again = (world: World) => {
      const last = stream(world, CASE).at(-1)
      record(world, CASE, 'usr_alice', 'entry.corrected', {
        seq: last?.seq,
        body: last?.body,
        text: 'x',
        reason: null,
      })
    }
    expect(codes(await verify(tell(correcting(rightly, again))))).toEqual([])
  })

  it('C36: stands when what it corrects, or what it said itself, was erased', async () => {
    for (const seq of [1, 8]) {
      const erasing = (world: World) => {
        const event = entry(world, seq)
        record(world, CASE, 'usr_admin', 'event.redacted', { seq, body: event.body })
        world.erased.add(event)
      }
      const report = await verify(tell(correcting(rightly, erasing)))
      expect(codes(report)).toEqual([])
      expect(report.counts['redaction.erased']).toBe(1)
    }
  })

  it('C22: has to be of the entry that it names: it can’t be turned on another one', async () => {
    const another = (world: World) => ({ seq: 1, body: entry(world, 2).body })
    const report = await verify(tell(correcting(another)))
    expect(codes(report)).toEqual(['correction.mismatch'])
    expect(report.integrity).toBe('fail')
  })

  it.each<[string, (world: World) => Naming]>([
    ['of itself', (world) => ({ seq: stream(world, CASE).length, body: '0'.repeat(64) })],
    ['of an entry that is still to come', (world) => ({ seq: 99, body: entry(world, 1).body })],
    ['of an entry of another case', (world) => ({ seq: 50, body: entry(world, 0, 'case_2').body })],
    ['of no entry at all', () => ({ seq: null, body: null })],
  ])('C22: %s is refused', async (_what, name) => {
    expect(codes(await verify(tell(correcting(name))))).toEqual(['correction.unknown_event'])
  })

  it('C22: of a line that can’t be read is refused: it is passed over here, too', async () => {
    const files = await pack(sourceOf(tell(correcting(rightly))))
    const where = '"kind":"human"'
    editLines(files, 'data/events.ndjson', (lines) =>
      lines.with(1, (lines[1] ?? '').replace(where, '"kind":7')),
    )
    const of = sha256Hex(fromUtf8(files.get('data/events.ndjson') ?? utf8('')).split('\n')[1] ?? '')
    const world = tell(correcting(() => ({ seq: 1, body: of })))
    const told = await pack(sourceOf(world))
    editLines(told, 'data/events.ndjson', (lines) =>
      lines.with(1, (lines[1] ?? '').replace(where, '"kind":7')),
    )
    reseal(told)
    const report = await verifyBundle(readerOf(told), { policy: POLICY })
    expect(codes(report)).toEqual(expect.arrayContaining(['correction.unknown_event', 'event.malformed']))
  })
})
