import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../lib/record/bytes'
import type { Files } from '../../lib/record/folder.test-support'
import { bobSignsIn, tell } from '../../lib/record/story.test-support'
import { MUTATIONS, mutants } from '../../lib/record/verify/mutants.test-support'
import { policy, sample } from '../../lib/record/verify/tamper.test-support'
import { CASE, POLICY, record, type World } from '../../lib/record/world.test-support'
import { pack, sourceOf } from '../../lib/record/world-bundle.test-support'
import { firstOpinion, hasPython, secondOpinions } from './opinions.test-support'

/** Files that the second verifier doesn't look at, or that are for reading. */
const OTHERS = /^[^/]+$|README|derived|evidence|warrants|anchors|consistency|head\.tlog-proof$|log\/policy$/

const exported = (world: World) =>
  record(world, 'registry', 'usr_audra', 'record.exported', { scope: 'everything' })
const wide = tell({ exported, 'another case goes on': null })
const BUNDLES: [what: string, files: Files, own: string][] = [
  ['the published bundle', sample, policy],
  ['a case with a sign-in', await pack(sourceOf(tell(bobSignsIn()))), POLICY],
  ['an export of everything', await pack(sourceOf(wide, { streams: [CASE, 'case_2'], wide: true })), POLICY],
]

describe.skipIf(!hasPython)('two verifiers, of which one was written from the document', () => {
  it.each(BUNDLES)('C29: say the same of mutants of %s, whatever is in them', async (_, bundle, own) => {
    const paths = [...bundle.keys()].filter((path) => !OTHERS.test(path))
    const all: Files[] = paths.map((path) => new Map([...bundle].filter(([other]) => other !== path)))
    for (const { name, file, pick, other } of fc.sample(mutants, { seed: 5, numRuns: 30 })) {
      const path = paths[file % paths.length] ?? ''
      const content = MUTATIONS[name](path, bundle.get(path) ?? utf8(''), pick, other)
      if (content !== null) all.push(new Map(bundle).set(path, content))
    }
    const [second, first] = [
      secondOpinions(all, own),
      await Promise.all(all.map((files) => firstOpinion(files, own))),
    ]
    expect(second).toEqual(first)
    expect(second.filter((codes) => codes.length > 0).length).toBeGreaterThan(20)
  })
})
