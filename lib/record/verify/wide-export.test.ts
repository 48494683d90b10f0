import { describe, expect, it } from 'vitest'
import { codes, type Telling, tell, verdictOn } from '../story.test-support'
import { CASE, record, type World } from '../world.test-support'
import type { Packing } from '../world-bundle.test-support'
import { streamsDigest } from './scope'

/** The story, ended by an export that is an event of the registry. */
function exported(data: (world: World) => object, changes: Telling = {}): World {
  const asked = (world: World) =>
    record(world, 'registry', 'usr_audra', 'record.exported', {
      format: 'onrecord-bundle/v1',
      ...data(world),
    })
  return tell({ ...changes, exported: asked, 'another case goes on': null })
}

const timeOf = (world: World, index: number): string => {
  const event: { at: string } = JSON.parse(new TextDecoder().decode(world.log[index]?.bytes))
  return event.at
}
/** The places of the log at which this stream has its first and its last event. */
const placesOf = (world: World, name: string) => {
  const places = world.log.flatMap((event, index) => (event.case === name ? [index] : []))
  return { first: places[0] ?? 0, last: places.at(-1) ?? 0 }
}

const both: Packing = { streams: [CASE, 'case_2'], wide: true }
const everything = () => exported(() => ({ scope: 'everything' }))
const cases = (names: string[]) =>
  exported(() => ({ scope: 'cases', streams: names.length, streams_sha256: streamsDigest(names) }))

describe('an export of everything', () => {
  it('C29 is verified, with the registry up to its own event', async () => {
    const report = await verdictOn(everything(), both)
    expect(codes(report)).toEqual([])
    expect(report.verified).toBe(true)
  })
  it('C31 may leave out no stream', async () => {
    expect(codes(await verdictOn(everything(), { ...both, streams: [CASE] }))).toEqual([
      'stream.hidden_events',
    ])
  })
  it('C31 may leave out no event of a stream', async () => {
    const report = await verdictOn(everything(), { ...both, hide: (seq) => seq === 3 })
    expect(codes(report)).toContain('chain.gap')
  })
  it('C31 ends with its own event, or may have been cut short', async () => {
    expect(codes(await verdictOn(everything(), { ...both, wide: false }))).toContain('tail.open')
  })
  it('says that the registry is not shown whole', async () => {
    const report = await verdictOn(everything(), { ...both, registry: (seq) => seq !== 1 })
    expect(codes(report, 'not-shown')).toContain('registry.partial')
  })
})

describe('an export of some cases', () => {
  it('C29 is verified when it holds those that were asked for', async () => {
    expect((await verdictOn(cases([CASE, 'case_2']), both)).verified).toBe(true)
    expect((await verdictOn(cases([CASE]), { ...both, streams: [CASE] })).verified).toBe(true)
  })
  it('C31 holds no fewer, and no other ones', async () => {
    const asked = cases([CASE, 'case_2'])
    expect(codes(await verdictOn(asked, { ...both, streams: [CASE] }))).toEqual(['scope.mismatch'])
    expect(codes(await verdictOn(cases([CASE, 'case_3']), both))).toEqual(['scope.mismatch'])
  })
})

describe('an export of a period', () => {
  // case_2 has one event in the story, in the midst of the case's.
  const period = (narrower: object = {}) =>
    exported((world) => {
      const { first } = placesOf(world, 'case_2')
      const [from, to] = [timeOf(world, first - 1), timeOf(world, first + 2)]
      return { scope: 'period', from, to, first: first - 1, last: first + 1, ...narrower }
    })

  it('C29 is verified with the streams in which something happened, each whole', async () => {
    expect(codes(await verdictOn(period(), both))).toEqual([])
  })
  it('C31 leaves out no stream that the log has in it', async () => {
    const report = await verdictOn(period(), { ...both, streams: [CASE] })
    expect(codes(report)).toEqual(['stream.hidden_events'])
  })
  it('C31 is not narrower than it says', async () => {
    const world = period()
    const { first } = placesOf(world, 'case_2')
    const cut = period({ last: first })
    expect(codes(await verdictOn(cut, both))).toEqual(['scope.bounds'])
    const later = period({ first: first + 1 })
    expect(codes(await verdictOn(later, both))).toEqual(['scope.bounds'])
  })
  it('C31 shows the neighbours that prove its ends', async () => {
    const only = exported((world) => {
      const { first } = placesOf(world, 'case_2')
      return { scope: 'period', from: timeOf(world, first), to: timeOf(world, first + 1), first, last: first }
    })
    expect(codes(await verdictOn(only, { ...both, streams: ['case_2'] }))).toContain('stream.hidden_events')
  })
})
