import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../bytes'
import { type Files, readerOf, reseal } from '../folder.test-support'
import { bobSignsIn, tell } from '../story.test-support'
import { verifyBundle } from '../verify'
import { POLICY } from '../world.test-support'
import { breakGlass, issue } from '../world-acts.test-support'
import { pack, sourceOf } from '../world-bundle.test-support'
import { MUTATIONS, type Mutant, mutants } from './mutants.test-support'
import { policy, sample } from './tamper.test-support'

// Whoever carries a bundle can change anything in it, make the manifests right again and sign them with a key of their own. Whatever
// they do to what is of the record, nothing is called verified.

/** Not of the record: for reading, or a copy for convenience, or looked at by other tools (section 7 of the format). */
const BESIDE =
  /^[^/]+$|README|derived|log\/policy$|credential\.pem$|jwks\.json$|\.tsr$|consistency|anchors|head\.tlog-proof$/
/** Without it, the verifier says that it isn't there, or does with less: docs/record-format.md, 8.4 and 8.11. */
const DISPENSABLE = /policies\/|tile\//

const glass = tell({
  'bob approves': (world) => breakGlass(world, { approver: 'usr_bob' }),
  'dana approves': null,
  issued: (world) => issue(world, { approvals: [] }),
})
const BUNDLES: [what: string, files: Files, own: string][] = [
  ['the published bundle', sample, policy],
  ['a case with a sign-in', await pack(sourceOf(tell(bobSignsIn()))), POLICY],
  ['a case with an emergency', await pack(sourceOf(glass)), POLICY],
]

describe('a mutant', () => {
  it.each(BUNDLES)('C31: of %s is never called verified', async (_what, bundle, own) => {
    const paths = [...bundle.keys()].filter((path) => !BESIDE.test(path))
    let tried = 0
    const isRefused = async ({ file, pick, other, name }: Mutant) => {
      const path = paths[file % paths.length] ?? ''
      const content = MUTATIONS[name](path, bundle.get(path) ?? utf8(''), pick, other)
      fc.pre(content !== null)
      tried++
      const files = new Map(bundle).set(path, content)
      reseal(files)
      expect((await verifyBundle(readerOf(files), { policy: own })).verified, `${name} ${path}`).toBe(false)
    }
    await fc.assert(fc.asyncProperty(mutants, isRefused), { seed: 11, numRuns: 120 })
    expect(tried).toBeGreaterThan(100)
  })

  it.each(BUNDLES)('C31: of %s that lacks one of its files isn’t, either', async (_what, bundle, own) => {
    for (const path of bundle.keys()) {
      if (BESIDE.test(path) || DISPENSABLE.test(path)) continue
      const files = new Map(bundle)
      files.delete(path)
      reseal(files)
      expect((await verifyBundle(readerOf(files), { policy: own })).verified, path).toBe(false)
    }
  })
})
