import { equal } from './bytes'
import { checkCosignature } from './cosignature'
import { malformed } from './malformed'
import { checkNote, NOTE_COSIGNATURE, NOTE_ED25519, type Note, type NoteKey, parseVkey } from './note'

// C2SP tlog-policy: which log keys are trusted, which witnesses, and how many of them it takes.

export type Witness = { readonly name: string; readonly key: NoteKey; readonly url: string | null }
export type Group = { readonly threshold: number; readonly members: readonly string[] }

export type TrustPolicy = {
  readonly logs: readonly NoteKey[]
  readonly witnesses: ReadonlyMap<string, Witness>
  readonly groups: ReadonlyMap<string, Group>
  /** The name of a witness or a group; null for `none`. */
  readonly quorum: string | null
}

type Draft = {
  logs: NoteKey[]
  witnesses: Map<string, Witness>
  groups: Map<string, Group>
  quorum: string | null | undefined
}

/** @throws Malformed `bad_policy` (the message has the line's number), `bad_vkey` */
export function parsePolicy(text: string): TrustPolicy {
  const draft: Draft = { logs: [], witnesses: new Map(), groups: new Map(), quorum: undefined }
  for (const [i, line] of text.split('\n').entries()) {
    const [keyword, ...words] = line.trim().split(/[ \t]+/)
    if (!keyword || keyword.startsWith('#')) continue
    if (!readLine(draft, keyword, words)) throw badPolicy(i + 1)
  }
  if (draft.quorum === undefined) throw malformed('bad_policy', 'This policy has no quorum line.')
  return { ...draft, quorum: draft.quorum }
}

function readLine(draft: Draft, keyword: string, words: readonly string[]): boolean {
  switch (keyword) {
    case 'log':
      return readLog(draft, words)
    case 'witness':
      return readWitness(draft, words)
    case 'group':
      return readGroup(draft, words)
    case 'quorum':
      return readQuorum(draft, words)
    default:
      return false
  }
}

function readLog(draft: Draft, [vkey, , ...others]: readonly string[]): boolean {
  if (vkey === undefined || others.length > 0) return false
  const key = parseVkey(vkey)
  draft.logs.push(key)
  return key.type === NOTE_ED25519
}

function readWitness(draft: Draft, [name, vkey, url, ...others]: readonly string[]): boolean {
  if (name === undefined || vkey === undefined || others.length > 0 || !isFree(draft, name)) return false
  const key = parseVkey(vkey)
  // One witness under two names would count twice.
  const isNew = ![...draft.witnesses.values()].some((other) => equal(other.key.publicKey, key.publicKey))
  draft.witnesses.set(name, { name, key, url: url ?? null })
  return key.type === NOTE_COSIGNATURE && isNew
}

function readGroup(draft: Draft, [name, needed, ...members]: readonly string[]): boolean {
  if (name === undefined || !isFree(draft, name) || new Set(members).size !== members.length) return false
  if (!members.every((member) => draft.witnesses.has(member) || draft.groups.has(member))) return false
  const threshold = needed === 'any' ? 1 : needed === 'all' ? members.length : Number(needed)
  draft.groups.set(name, { threshold, members })
  return /^(?:any|all|[1-9]\d*)$/.test(needed ?? '') && threshold >= 1 && threshold <= members.length
}

function readQuorum(draft: Draft, [name, ...others]: readonly string[]): boolean {
  if (name === undefined || others.length > 0 || draft.quorum !== undefined) return false
  draft.quorum = name === 'none' ? null : name
  return name === 'none' || draft.witnesses.has(name) || draft.groups.has(name)
}

// `none` is what a quorum line says when there is no quorum.
function isFree(draft: Draft, name: string): boolean {
  return name !== 'none' && !draft.witnesses.has(name) && !draft.groups.has(name)
}

/** What a policy makes of a signed checkpoint. */
export type PolicyVerdict = {
  readonly log: 'signed' | 'not_signed' | 'bad_signature'
  /** The witnesses whose cosignature is good, and when they saw it (seconds since 1970). */
  readonly cosigned: ReadonlyMap<string, number>
  /** Known witnesses whose cosignature is wrong: the note is refused. */
  readonly forged: readonly string[]
  /** `none` where the policy asks for no witness. */
  readonly quorum: 'met' | 'not_met' | 'none'
}

/** @param origin the checkpoint's first line: only a log key of that name counts */
export function applyPolicy(policy: TrustPolicy, origin: string, note: Note): PolicyVerdict {
  const cosigned = new Map<string, number>()
  const forged: string[] = []
  for (const { name, key } of policy.witnesses.values()) {
    const found = checkCosignature(key, note)
    if (found.verdict === 'cosigned') cosigned.set(name, found.time)
    if (found.verdict === 'bad_signature') forged.push(name)
  }
  const quorum = policy.quorum === null ? 'none' : isMet(policy, policy.quorum, cosigned) ? 'met' : 'not_met'
  return { log: logVerdict(policy, origin, note), cosigned, forged, quorum }
}

function logVerdict({ logs }: TrustPolicy, origin: string, note: Note): PolicyVerdict['log'] {
  const verdicts = logs.filter((key) => key.name === origin).map((key) => checkNote(key, note))
  if (verdicts.includes('bad_signature')) return 'bad_signature'
  return verdicts.includes('signed') ? 'signed' : 'not_signed'
}

function isMet(policy: TrustPolicy, name: string, cosigned: ReadonlyMap<string, number>): boolean {
  const group = policy.groups.get(name)
  if (group === undefined) return cosigned.has(name)
  return group.members.filter((member) => isMet(policy, member, cosigned)).length >= group.threshold
}

function badPolicy(line: number) {
  return malformed('bad_policy', `Line ${line} of this policy cannot be read.`)
}
