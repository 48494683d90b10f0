import type { Receipt } from '@/lib/act/ledger'
import { perform } from '@/lib/act/perform'
import { isRefusal, type Refusal, refuse } from '@/lib/act/refusal'
import type { Category, Severity, Snapshot } from '@/lib/case/event'
import { mask, type Secret, withoutValues } from '@/lib/chat/mask'
import { maskSnapshot } from '@/lib/chat/mask-snapshot'
import { type Suggestion, suggest } from '@/lib/chat/promotion'
import type { Actor } from '@/lib/identity/actor'
import { caseTitle } from '../case-of'
import type { DraftContent } from '../drafts'
import { madeId } from './made-id'
import type { Promoting } from './promoting'
import { attachSealed, sealSecrets } from './seal-secrets'

/** A finding as it came in, with whatever secrets people put into it. It lives in memory only, until `masked`. */
export type Finding = {
  readonly snapshot: Snapshot
  readonly message_key: string | null
  readonly by: DraftContent['by']
}

/** What a person said about it. `separate`: it's another matter, although the message is on record already. */
export type Saying = {
  readonly title: string | null
  readonly category: Category | null
  readonly severity: Severity | null
  readonly note: string | null
  readonly separate?: boolean
}

export type Promoted = {
  case: string
  number: number
  existing: boolean
  masked: { kind: string; label: string }[]
}

/** Masks the finding and seals its secrets to the executors: from here on nothing can be read that should not be. */
export async function masked(
  deps: Promoting,
  org: string,
  { snapshot, message_key, by }: Finding,
): Promise<DraftContent> {
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
  return suggest({
    texts: snapshot.messages.map((message) => message.text),
    secrets: withoutValues(secrets),
    channel: snapshot.channel_name,
  })
}

/** Makes a case of it. The same message, or the same secret in an open case, finds that case instead and is added to it. */
export async function promote(
  deps: Promoting,
  actor: Actor,
  content: DraftContent,
  saying: Saying,
  key: string,
  reporter: string,
): Promise<Promoted | Refusal> {
  const stream = madeId('case', actor, key)
  const input = await inputOf(deps, content, saying, reporter)
  const outcome = await perform(deps, actor, {
    kind: 'case',
    stream,
    command: 'promoteFinding',
    input,
    same: whenever(input),
    key,
  })
  if (!isRefusal(outcome)) return finish(deps, actor, stream, content, key, outcome)
  return outcome.code === 'duplicate' && outcome.existing
    ? addTo(deps, actor, outcome.existing, content, key)
    : outcome
}

/** Adds the message to a case that there is. A message that the case has already changes nothing. */
export async function addTo(
  deps: Promoting,
  actor: Actor,
  caseId: string,
  content: DraftContent,
  key: string,
): Promise<Promoted | Refusal> {
  const { snapshot, message_key } = content
  const input = { snapshot, message_key, secrets: bareSecrets(content) }
  const added = await perform(deps, actor, {
    kind: 'case',
    stream: caseId,
    command: 'addMessage',
    input,
    same: whenever(input),
    key: `${key}-add`,
  })
  return isRefusal(added) && added.code !== 'duplicate'
    ? added
    : finish(deps, actor, caseId, content, key, null)
}

async function finish(
  deps: Promoting,
  actor: Actor,
  id: string,
  content: DraftContent,
  key: string,
  made: Receipt | null,
): Promise<Promoted | Refusal> {
  const refused = await attachSealed(deps, actor, id, content.secrets, key)
  if (refused) return refused
  const number = Number(made?.ids.number) || (await caseTitle(deps.sql, actor.org, id))?.number
  if (!number) return refuse('not_found', 'The case is not there.', 'Look for it in the inbox.')
  return {
    case: id,
    number,
    existing: made === null,
    masked: content.secrets.map(({ kind, label }) => ({ kind, label })),
  }
}

async function inputOf(deps: Promoting, content: DraftContent, saying: Saying, reporter_name: string) {
  const { snapshot, message_key, suggested } = content
  return {
    title: (await unsecret(deps, saying.title)) ?? suggested.title,
    category: saying.category ?? suggested.category,
    severity: saying.severity ?? suggested.severity,
    note: await unsecret(deps, saying.note),
    snapshot,
    secrets: bareSecrets(content),
    message_key: saying.separate ? null : message_key,
    reporter_name,
  }
}

/** When we received it is our word, not a part of what is asked: who repeats the request is answered as the first time. */
function whenever<Input extends { readonly snapshot: Snapshot }>(input: Input) {
  return { ...input, snapshot: { ...input.snapshot, received_at: null } }
}

function bareSecrets({ secrets }: DraftContent) {
  return secrets.map(({ label, kind, fingerprint }) => ({ label, kind, fingerprint }))
}

/** People put secrets into titles and notes as well. */
async function unsecret(deps: Promoting, text: string | null): Promise<string | null> {
  return text === null ? null : (await mask(text, deps.fingerprintKey)).text
}
