import { perform } from '@/lib/act/perform'
import { isRefusal, refuse, type Refusal } from '@/lib/act/refusal'
import type { Category, Severity, Snapshot } from '@/lib/case/event'
import { maskSnapshot } from '@/lib/chat/mask-snapshot'
import { mask, type Secret, withoutValues } from '@/lib/chat/mask'
import { suggest, type Suggestion } from '@/lib/chat/promotion'
import type { Actor } from '@/lib/identity/actor'
import { caseTitle } from '../case-of'
import type { DraftContent } from '../drafts'
import { madeId } from './made-id'
import type { Promoting } from './promoting'
import { attachSealed, sealSecrets } from './seal-secrets'

/** A finding as it came in, with whatever secrets people put into it. It lives in memory only, until `masked`. */
export type Finding = { readonly snapshot: Snapshot; readonly message_key: string | null; readonly by: DraftContent['by'] }

/** What a person said about it. */
export type Saying = { readonly title: string | null; readonly category: Category | null; readonly severity: Severity | null; readonly note: string | null }

export type Promoted = { case: string; number: number; existing: boolean; masked: { kind: string; label: string }[] }

/** Masks the finding and seals its secrets to the executors: from here on nothing can be read that should not be. */
export async function masked(deps: Promoting, org: string, { snapshot, message_key, by }: Finding): Promise<DraftContent> {
  const safe = await maskSnapshot(snapshot, deps.fingerprintKey)
  return {
    by,
    message_key,
    snapshot: safe.snapshot,
    secrets: await sealSecrets(deps, org, safe.secrets),
    suggested: suggestionFor(safe.snapshot, safe.secrets),
  }
}

function suggestionFor(snapshot: Snapshot, secrets: readonly Secret[]): Suggestion {
  return suggest({ texts: snapshot.messages.map((message) => message.text), secrets: withoutValues(secrets), channel: snapshot.channel_name })
}

/** Makes a case of it. The same message, or the same secret in an open case, finds that case instead and adds to it. */
export async function promote(deps: Promoting, actor: Actor, content: DraftContent, saying: Saying, key: string, reporter: string): Promise<Promoted | Refusal> {
  const { snapshot, message_key, suggested } = content
  const secrets = content.secrets.map(({ label, kind, fingerprint }) => ({ label, kind, fingerprint }))
  const input = {
    title: (await unsecret(deps, saying.title)) ?? suggested.title,
    category: saying.category ?? suggested.category,
    severity: saying.severity ?? suggested.severity,
    note: await unsecret(deps, saying.note),
    snapshot,
    secrets,
    message_key,
    reporter_name: reporter,
  }
  const stream = madeId('case', actor, key)
  const outcome = await perform(deps, actor, { kind: 'case', stream, command: 'promoteFinding', input, key })
  const existing = isRefusal(outcome) && outcome.code === 'duplicate' ? (outcome.existing ?? null) : null
  if (isRefusal(outcome) && existing === null) return outcome
  const id = existing ?? stream
  if (existing !== null) {
    const added = await perform(deps, actor, { kind: 'case', stream: id, command: 'addMessage', input: { snapshot, secrets, message_key }, key: `${key}-add` })
    if (isRefusal(added) && added.code !== 'duplicate') return added
  }
  const refused = await attachSealed(deps, actor, id, content.secrets, key)
  if (refused) return refused
  const file = await caseTitle(deps.sql, actor.org, id)
  return file ? { case: id, number: file.number, existing: existing !== null, masked: secrets.map(({ kind, label }) => ({ kind, label })) } : refuse('not_found', 'The case is not there.', 'Look for it in the inbox.')
}

/** People put secrets into titles and notes as well. */
async function unsecret(deps: Promoting, text: string | null): Promise<string | null> {
  return text === null ? null : (await mask(text, deps.fingerprintKey)).text
}
