import { randomBytes } from 'node:crypto'
import type { CronItem, TaskList } from 'graphile-worker'
import { z } from 'zod'
import { type ContentStore, contentStore, isKept } from '../../db/content/store'
import { publishedCheckpoint } from '../../db/log/published'
import { readRegistry } from '../../db/settings'
import { within } from '../../db/within'
import { checkTimestamp } from '../../lib/anchor/check'
import { timestampRequest } from '../../lib/anchor/request'
import { type Checkpoints, slackCheckpoints } from '../../lib/chat/slack/checkpoint'
import { parseCheckpoint } from '../../lib/record/checkpoint'
import { sha256 } from '../../lib/record/digest'
import { parseNote } from '../../lib/record/note'
import { ANCHORS, type AnchorKind, type AnchorSettings } from '../../lib/registry/anchor-event'
import { type Anchors, dueAnchors } from '../../lib/registry/anchors'
import { askAuthority, NotStamped } from './authority'
import { chatAnchor, type Head } from './chat-anchor'
import { report, type Work } from './work'

const payloadShape = z.object({ org: z.string(), kind: z.enum(ANCHORS).optional() }).partial({ org: true })

/** Anchors are due by what is on record, which is looked at every few minutes: a time at which nothing ran is made up for. */
export function anchorCron({ environment }: Pick<Work, 'environment'>): CronItem[] {
  return environment.ON_RECORD_DATA ? [{ task: 'anchor', match: '*/10 * * * *' }] : []
}

type Anchoring = { readonly content: ContentStore; readonly checkpoints: Checkpoints | null }

/** Puts the latest checkpoint where we can't change it: a time-stamping authority, a chat channel. What comes of it is on the record. */
export function anchorTasks(work: Work): TaskList {
  const { ON_RECORD_DATA: data } = work.environment
  if (!data) return {}
  const anchoring = {
    content: contentStore(work.deps.sql, data),
    checkpoints: slackCheckpoints(work.environment),
  }
  return {
    anchor: async (payload, { job }) => {
      const { org = work.org, kind } = payloadShape.parse(payload)
      // One worker at a time, or one would not see what the other has just posted.
      await within(work.deps.sql, org, async (tx) => {
        await tx`select pg_advisory_xact_lock(hashtextextended(${`anchor/${org}`}, 0))`
        await anchorWhatIsDue(work, org, kind ?? null, job, anchoring)
      })
    },
  }
}

type Job = { readonly attempts: number; readonly created_at: Date }

async function anchorWhatIsDue(
  work: Work,
  org: string,
  ordered: AnchorKind | null,
  job: Job,
  anchoring: Anchoring,
): Promise<void> {
  const anchors = (await readRegistry(work.deps.sql, org))?.state.anchors
  if (!anchors || (ordered && isDone(anchors, ordered, job))) return
  const due = ordered ? [ordered] : dueAnchors({ anchors }, new Date().toISOString())
  if (due.length === 0) return
  const head = await latest(work, org, anchoring.content)
  if (!head) return
  for (const each of due) await anchor(work, org, each, head, anchors, anchoring)
}

/** A worker that was killed after it had reported has nothing left to do. */
function isDone({ recent }: Anchors, ordered: AnchorKind, { attempts, created_at }: Job): boolean {
  const last = recent.find(({ kind }) => kind === ordered)
  return attempts > 1 && last !== undefined && Date.parse(last.at) >= created_at.getTime()
}

/** The newest checkpoint with all its signatures; its bytes are kept before anything is said about them. */
async function latest({ deps }: Work, org: string, content: ContentStore): Promise<Head | null> {
  const note = await publishedCheckpoint(deps.sql, org)
  if (note === null) return null
  const kept = await keep(content, org, new TextEncoder().encode(note))
  return { note, size: parseCheckpoint(parseNote(note).text).size, checkpoint_sha256: kept }
}

async function anchor(
  work: Work,
  org: string,
  kind: AnchorKind,
  head: Head,
  anchors: Anchors,
  { content, checkpoints }: Anchoring,
): Promise<void> {
  const outcome = await attempt(kind, async () => {
    const { timestamp } = anchors.settings
    if (kind === 'timestamp') return timestamp && { timestamp: await stamp(org, head, timestamp, content) }
    const chat = await chatAnchor(org, head, anchors, content, checkpoints)
    return chat && { chat }
  })
  if (!outcome) return
  await report(work, org, {
    ...{ kind: 'registry', stream: 'registry', command: 'recordAnchor' },
    input: outcome,
    key: `anchor:${kind}:${randomBytes(8).toString('hex')}`,
  })
}

/** What went wrong, in a sentence that may stand on the record: it is tried again when its time comes. */
async function attempt<T>(kind: AnchorKind, work: () => Promise<T>) {
  try {
    return await work()
  } catch (error) {
    if (error instanceof NotStamped) return { failed: { kind, sentence: error.message } }
    throw error
  }
}

async function stamp(
  org: string,
  head: Head,
  { url, ca }: NonNullable<AnchorSettings['timestamp']>,
  content: ContentStore,
) {
  const imprint = sha256(head.note)
  const nonce = newNonce()
  const answer = await askAuthority(url, timestampRequest(imprint, nonce))
  const checked = checkTimestamp(answer, { imprint, nonce, trusted: ca, now: Date.now() })
  if ('why' in checked) throw new NotStamped(checked.why)
  const { time, serial } = checked.timestamp
  const { size, checkpoint_sha256 } = head
  const token_sha256 = await keep(content, org, answer)
  return {
    size,
    checkpoint_sha256,
    url,
    token_sha256,
    time,
    serial,
    authority: checked.authority.slice(0, 500),
  }
}

/** 64 bits, positive and in their shortest form. */
function newNonce(): string {
  const bytes = randomBytes(8)
  bytes.writeUInt8((bytes.readUInt8(0) & 0x7f) | 0x10, 0)
  return bytes.toString('hex')
}

const MOST = 128 * 1024

async function keep(content: ContentStore, org: string, bytes: Uint8Array): Promise<string> {
  const kept = await content.keep(org, [bytes], MOST)
  if (isKept(kept)) return kept.sha256
  throw new NotStamped('There is no room to keep the anchor.')
}
