/**
 * Which non-human identities a finding may touch, from what the registry knows. Suggestions: a person links them.
 *
 *   suggestNhis(known, { texts, secrets, posters }) -> [{ nhi, reason }], the surest first
 */
export type KnownNhi = {
  id: string
  name: string
  /** Its name in its system: a database role, an app's id, a client id, an ARN. */
  account: string
  /** Keyed fingerprints of its registered credentials. */
  fingerprints: readonly string[]
}

export type NhiFinding = {
  /** Masked. */
  texts: readonly string[]
  secrets: readonly { label: string; fingerprint: string }[]
  /** Ids of the programs that posted: `author_id` of messages flagged `bot`. */
  posters: readonly string[]
}

export type NhiSuggestion = { nhi: string; reason: string }

const SHORTEST = 4
const MOST = 10

export function suggestNhis(known: readonly KnownNhi[], finding: NhiFinding): NhiSuggestion[] {
  const prints = new Set(finding.secrets.map(({ fingerprint }) => fingerprint))
  const words = new Set([...finding.texts, ...finding.secrets.map(({ label }) => label)].flatMap(wordsOf))
  const reasonFor = ({ account, name, fingerprints }: KnownNhi): [rank: number, reason: string] | null => {
    if (fingerprints.some((print) => prints.has(print)))
      return [0, 'The secret in the message is its registered credential.']
    if (finding.posters.includes(account)) return [1, 'It posted the message.']
    if (words.has(account.toLowerCase()) && account.length >= SHORTEST)
      return [2, `The message names its account, ${account}.`]
    if (words.has(name.toLowerCase()) && name.length >= SHORTEST) return [3, `The message names it, ${name}.`]
    return null
  }
  return known
    .flatMap((nhi) => {
      const found = reasonFor(nhi)
      return found ? [{ nhi: nhi.id, rank: found[0], reason: found[1] }] : []
    })
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ nhi, reason }) => ({ nhi, reason }))
}

/** Runs of what names are made of, whole and at their joints: `arn:aws:iam::1:role/ci` also says `role/ci` and `ci`. */
function wordsOf(text: string): string[] {
  const runs = text.toLowerCase().match(/[\p{L}\p{N}_.:/@-]{2,200}/gu) ?? []
  return runs.flatMap((run) => [run, run.replace(/^[.:/@-]+|[.:/@-]+$/g, ''), ...run.split(/[:/@.]/)])
}
