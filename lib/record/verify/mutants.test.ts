import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromUtf8, utf8 } from '../bytes'
import { type Json, jcsText } from '../canonical'
import { type Files, readerOf, reseal } from '../folder.test-support'
import { bobSignsIn, tell } from '../story.test-support'
import { verifyBundle } from '../verify'
import { POLICY } from '../world.test-support'
import { breakGlass, issue } from '../world-acts.test-support'
import { pack, sourceOf } from '../world-bundle.test-support'
import { policy, sample } from './tamper.test-support'

// Whoever carries a bundle can change anything in it, make the manifests right again and sign them with a key of their own. Whatever
// they do to what is of the record, nothing is called verified.

/** Not of the record: for reading, or a copy for convenience, or looked at by other tools (section 7 of the format). */
const BESIDE =
  /^[^/]+$|README|derived|log\/policy$|credential\.pem$|jwks\.json$|\.tsr$|consistency|anchors|head\.tlog-proof$/
/** JSON of which every byte counts; of the others, what their digests say. */
const EXACT = /events\.ndjson$|statement\.json$|policies\//
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

/** What somebody does to a file: null where it changes nothing that counts. Picks are large numbers, taken modulo what there is. */
type Mutation = (path: string, content: Uint8Array, pick: number, other: number) => Uint8Array | null

const flip: Mutation = (path, content, pick, other) => {
  if (/ndjson$/.test(path) && !EXACT.test(path)) return null
  // Of a signed head the text counts: signatures of keys that nobody knows are ignored.
  const end = path.endsWith('checkpoint') ? fromUtf8(content).indexOf('\n\n') : content.length
  const changed = content.slice()
  changed[pick % end] = (content[pick % end] ?? 0) ^ (1 << (other % 8))
  return changed
}
const shorten: Mutation = (path, content, pick) =>
  /\.jwt$|checkpoint$|ndjson$/.test(path) ? null : content.slice(0, pick % content.length)
const lines = (change: (lines: string[], at: number) => string[]): Mutation => {
  return (path, content, pick) => {
    if (!/events\.ndjson$|proofs\.ndjson$|registry\.ndjson$/.test(path)) return null
    const before = fromUtf8(content).split('\n').slice(0, -1)
    const after = change([...before], pick % before.length)
    return after.join() === before.join() ? null : utf8(after.map((line) => `${line}\n`).join(''))
  }
}
const without = lines((all, at) => all.toSpliced(at, 1))
const twice = lines((all, at) => all.toSpliced(at, 0, all[at] ?? ''))
const swapped = lines((all, at) => all.with(at, all.at(at - 1) ?? '').with(at - 1, all[at] ?? ''))
const leaf: Mutation = (path, content, pick, other) => {
  if (!/ndjson$|\.json$/.test(path)) return null
  const [all, end] = [fromUtf8(content).split('\n'), path.endsWith('ndjson') ? 1 : 0]
  const at = pick % (all.length - end)
  const value: Json = JSON.parse(all[at] ?? '')
  const changed = jcsText(changedLeaf(value, other))
  return changed === jcsText(value) ? null : utf8(all.with(at, changed).join('\n'))
}
const MUTATIONS = { flip, shorten, without, twice, swapped, leaf }

/** The value with one of its leaves, or a member of an object, another one. */
function changedLeaf(value: Json, pick: number): Json {
  if (typeof value === 'string') return pick % 3 ? `${value}x` : value.toUpperCase()
  if (typeof value === 'number') return value + 1
  if (value === null || typeof value === 'boolean') return value === true ? null : true
  const names = Object.keys(value)
  const name = names[pick % names.length]
  if (name === undefined) return { x: 1 }
  const rest = Math.floor(pick / names.length)
  if (Array.isArray(value)) return value.with(Number(name), changedLeaf(value[Number(name)] ?? null, rest))
  const { [name]: member, ...others } = value as Readonly<Record<string, Json>>
  return rest % 5 === 0 ? others : { ...others, [name]: changedLeaf(member ?? null, rest) }
}

const large = fc.nat()
const mutants = fc.record({
  ...{ file: large, pick: large, other: large },
  name: fc.constantFrom(...(Object.keys(MUTATIONS) as (keyof typeof MUTATIONS)[])),
})

describe('a mutant', () => {
  it.each(BUNDLES)('C31: of %s is never called verified', async (_what, bundle, own) => {
    const paths = [...bundle.keys()].filter((path) => !BESIDE.test(path))
    let tried = 0
    const isRefused = async ({ file, pick, other, name }: { name: keyof typeof MUTATIONS } & Numbers) => {
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

type Numbers = { file: number; pick: number; other: number }
