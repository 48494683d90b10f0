import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { asZip } from '../db/export/write'
import { toBase64Url } from '../lib/record/base64'
import { bundle } from '../lib/record/bundle'
import { signCheckpoint } from '../lib/record/checkpoint'
import { cosigner } from '../lib/record/cosignature'
import { sha256 } from '../lib/record/digest'
import { entryBytes } from '../lib/record/entry'
import { eventBytes, eventHash, GENESIS } from '../lib/record/envelope'
import { EMPTY_EDGE, extend } from '../lib/record/extend'
import { formatVkey, noteSigner, signatureLine } from '../lib/record/note'
import { ed25519Signer } from '../lib/record/signature'
import { tilePath } from '../lib/record/tile'
import { inclusionProof, type ReadTile } from '../lib/record/tile-proof'

const LOG = noteSigner('bench.example/log', new Uint8Array(32).fill(1))
const WITNESS = cosigner('bench.example/witness', new Uint8Array(32).fill(2))
/** What whoever checks the bundle trusts. */
export const POLICY = `log ${formatVkey(LOG)}\nwitness w ${formatVkey(WITNESS)}\nquorum w\n`

/** Events of a case: as many as an ordinary one has from the finding to its closing. */
const EACH = 20
const BEGUN = Date.parse('2026-01-01T00:00:00.000Z')

/** Writes an export of everything with so many events of about 1 kB, in a log that is shown whole. @returns its path */
export async function writeLargeBundle(events: number, file: string): Promise<string> {
  const entries = [...madeEvents(events)].map(({ bytes, ...place }) =>
    entryBytes({ body: eventHash(bytes), ...place }),
  )
  const { changed, root } = extend(EMPTY_EDGE, entries)
  const tiles = new Map(changed.map((tile) => [tilePath({ ...tile, width: 256 }), tile.bytes]))
  const read: ReadTile = (tile) =>
    (tiles.get(tilePath({ ...tile, width: 256 })) ?? new Uint8Array(0)).subarray(0, tile.width * 32)
  const note = signCheckpoint({ origin: LOG.name, size: events, root }, LOG)
  const text = note.slice(0, note.indexOf('\n\n') + 1)
  const source = {
    about: {
      organization: 'Bench',
      identifier: 'everything',
      date: '2026-01-01',
      software: 'On Record (bench)',
    },
    checkpoint: note + signatureLine(WITNESS.cosign(text, BEGUN / 1000)),
    policy: POLICY,
    async *events() {
      for (const { bytes } of madeEvents(events)) yield bytes
    },
    async *proofs() {
      for (const [index, entry] of entries.entries())
        yield { entry, index, seq: index % EACH, path: inclusionProof(read, index, events) }
    },
    async *tiles() {
      yield* changed
    },
  }
  const key = { signer: ed25519Signer(new Uint8Array(32).fill(3)), principal: 'bench.example' }
  await pipeline(asZip(bundle(source, key)), createWriteStream(file))
  return file
}

type Made = { readonly bytes: Uint8Array; readonly case: string; readonly seq: number }

function* madeEvents(total: number): Generator<Made> {
  let prev = GENESIS
  for (let index = 0; index < total; index++) {
    const [number, seq] = [Math.floor(index / EACH), index % EACH]
    const stream = `case_${String(number).padStart(8, '0')}`
    const bytes = madeEvent(stream, seq, seq === 0 ? GENESIS : prev, index, index === total - 1)
    prev = eventHash(bytes)
    yield { bytes, case: stream, seq }
  }
}

// Text that doesn't compress to nothing, as what people write doesn't.
function madeEvent(stream: string, seq: number, prev: string, index: number, isLast: boolean): Uint8Array {
  const chance = sha256(`${index}`)
  const text = Array.from({ length: 9 }, (_, i) => toBase64Url(sha256(`${index}.${i}`))).join(' ')
  return eventBytes({
    actor: {
      id: 'usr_ada',
      kind: 'human',
      via: 'web',
      auth: { acr: 'phr', amr: ['hwk'], auth_time: BEGUN / 1000 },
    },
    at: new Date(BEGUN + index * 1000).toISOString(),
    case: stream,
    data: isLast ? { scope: 'everything', format: 'onrecord-bundle/v1' } : { text },
    policy: {
      bundle: `sha256:${'0'.repeat(64)}`,
      decision: 'allow',
      decision_id: `dec_${index}`,
      rule: 'analyst-comments',
    },
    prev,
    salt: toBase64Url(chance.subarray(0, 16)),
    seq,
    type: isLast ? 'case.exported' : 'comment.added',
    v: 1,
  })
}
