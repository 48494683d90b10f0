/**
 * Masks secrets in text before anything is stored, shown or logged.
 *
 *   mask(text, key)        -> { text, secrets }    one text
 *   maskAll(texts, key)    -> { texts, secrets }   a thread and its file names: a secret said once is masked in all of them
 *   withoutValues(secrets) -> what may go on the record
 *
 * `secrets[].value` is the secret itself, for the caller's memory only: seal it to the executor, then drop it.
 */
import { fingerprint, marker } from './fingerprint'
import { assignments } from './mask/assignment'
import type { Finding } from './mask/finding'
import { merge } from './mask/merge'
import { privateKeys } from './mask/pem'
import { repeats } from './mask/repeat'
import { secretlintFindings } from './mask/secretlint'
import { skeleton } from './mask/skeleton'
import { tokens } from './mask/tokens'
import { uriPasswords } from './mask/uri'

/** A secret that was masked. `label` says what and whose (`postgres password of svc_orders at db/orders`), at most 200 characters. */
export type Secret = { label: string; kind: string; fingerprint: string; value: string }
export type Masked = { text: string; secrets: Secret[] }

export async function mask(text: string, fingerprintKey: string | Uint8Array): Promise<Masked> {
  const { texts, secrets } = await maskAll([text], fingerprintKey)
  return { text: texts[0] ?? '', secrets }
}

export async function maskAll(
  texts: readonly string[],
  fingerprintKey: string | Uint8Array,
): Promise<{ texts: string[]; secrets: Secret[] }> {
  const bare = texts.map(skeleton)
  const found = bare.map(({ text }) => findings(text))
  const known = bestByValue(found.flat())
  const secrets = new Map<string, Secret>()
  const markers = new Map<string, string>()
  const marked = (value: string) => {
    const print = fingerprint(fingerprintKey, value)
    const best = known.get(value)
    if (best && !secrets.has(print)) secrets.set(print, secretOf(best, print))
    return marker(best?.kind.replaceAll('-', ' ') ?? 'secret', print)
  }
  const markerOf = ({ value }: Finding) => {
    const said = markers.get(value) ?? marked(value)
    markers.set(value, said)
    return said
  }
  const masked = bare.map((one, index) => {
    const all = merge([...(found[index] ?? []), ...repeats(one.text, [...known.values()])])
    return replaced(texts[index] ?? '', all, one.place, markerOf)
  })
  return { texts: masked, secrets: [...secrets.values()] }
}

/** The part of a secret that the record keeps. */
export function withoutValues(secrets: readonly Secret[]): Omit<Secret, 'value'>[] {
  return secrets.map(({ label, kind, fingerprint: print }) => ({ label, kind, fingerprint: print }))
}

function findings(text: string): Finding[] {
  const own = [uriPasswords, privateKeys, tokens, assignments].flatMap((rule) => rule(text))
  return merge([...own, ...secretlintFindings(text)])
}

/** The same secret may be found by several rules: the one that knows most names it, everywhere. */
function bestByValue(found: readonly Finding[]): Map<string, Finding> {
  const best = new Map<string, Finding>()
  for (const finding of found) {
    const known = best.get(finding.value)
    if (!known || finding.rank > known.rank) best.set(finding.value, finding)
  }
  return best
}

function secretOf({ kind, name, where, value }: Finding, print: string): Secret {
  const label = where === null ? name : `${name} of ${where}`
  return { label: label.slice(0, 200), kind: kind.slice(0, 100), fingerprint: print, value }
}

function replaced(
  text: string,
  found: readonly Finding[],
  place: (index: number) => number,
  markerOf: (finding: Finding) => string,
): string {
  let out = ''
  let from = 0
  for (const finding of found) {
    out += text.slice(from, place(finding.start)) + markerOf(finding)
    from = place(finding.end - 1) + 1
  }
  return out + text.slice(from)
}
