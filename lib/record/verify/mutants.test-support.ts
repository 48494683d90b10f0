import fc from 'fast-check'
import { fromUtf8, utf8 } from '../bytes'
import { type Json, jcsText } from '../canonical'

// What whoever carries a bundle can do to a file of it.

/** JSON of which every byte counts; of the others, what their digests say. */
const EXACT = /events\.ndjson$|statement\.json$|policies\//

/** Null where it changes nothing that counts. Picks are large numbers, taken modulo what there is. */
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
export const MUTATIONS = { flip, shorten, without, twice, swapped, leaf }

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
export const mutants = fc.record({
  ...{ file: large, pick: large, other: large },
  name: fc.constantFrom(...(Object.keys(MUTATIONS) as (keyof typeof MUTATIONS)[])),
})
export type Mutant = { name: keyof typeof MUTATIONS; file: number; pick: number; other: number }
