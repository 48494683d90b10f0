import { fromBase64, toBase64 } from './base64'
import type { BundleKey } from './bundle'
import { bundleReadme } from './bundle-readme'
import type { ApprovalFiles, BundleSource, Content, EntryProof, EvidenceFile, Memory } from './bundle-source'
import { concat, utf8 } from './bytes'
import { jcs } from './canonical'
import { TILE_WIDTH, tilePath } from './tile'
import { formatTlogProof } from './tlog-proof'

type Part = { readonly path: string; readonly content: Content }

/** The payload: everything under `data/`, in the order in which the source is read. */
export async function* payload(source: BundleSource, key: BundleKey): AsyncGenerator<Part> {
  yield text('README.txt', bundleReadme(source, key))
  yield large(source, 'data/events.ndjson', ndjson(source.events()))
  yield* log(source)
  if (source.registry) yield { path: 'data/registry.ndjson', content: ndjson(registry(source.registry())) }
  for await (const { sha256, bytes } of source.policySets?.() ?? [])
    yield { path: `data/policies/${sha256}.json`, content: bytes }
  for await (const approval of source.approvals?.() ?? []) yield* approvalFiles('approvals', approval)
  for await (const emergency of source.emergencies?.() ?? []) yield* approvalFiles('emergencies', emergency)
  yield* warrants(source.warrants)
  yield* evidence(source.evidence?.() ?? [])
  yield* anchors(source.anchors ?? [])
  for await (const { name, content } of source.derived?.() ?? [])
    yield large(source, `data/derived/${name}`, content)
}

/** What is small is made again sooner than it is looked for. */
function large({ kept }: BundleSource, path: string, content: Content, memory?: Memory): Part {
  const isSmall = content instanceof Uint8Array
  return { path, content: isSmall || !kept ? content : kept(path, content, memory) }
}

async function* log(source: BundleSource): AsyncGenerator<Part> {
  const { checkpoint, policy, proofs, consistency, tiles } = source
  yield text('log/checkpoint', checkpoint)
  yield text('log/policy', policy)
  const last = { proof: null as EntryProof | null }
  yield large(source, 'data/log/proofs.ndjson', ndjson(proofLines(proofs(), last)), memoryOf(last))
  if (last.proof)
    yield text('log/head.tlog-proof', formatTlogProof(last.proof.index, last.proof.path, checkpoint))
  for (const { old, body } of consistency ?? [])
    yield text(`log/consistency/${old}-${sizeOf(checkpoint)}`, body)
  for await (const tile of tiles?.() ?? []) yield { path: `data/log/${tilePath(tile)}`, content: tile.bytes }
}

/** The last event's proof becomes a file of its own. */
function memoryOf(last: { proof: EntryProof | null }): Memory {
  return {
    save: () =>
      last.proof && {
        ...last.proof,
        entry: toBase64(last.proof.entry),
        path: last.proof.path.map(toBase64),
      },
    restore: (saved) => {
      const { entry, index, path, seq } = saved as {
        entry: string
        index: number
        path: string[]
        seq: number
      }
      last.proof = { entry: fromBase64(entry), index, path: path.map(fromBase64), seq }
    },
  }
}

async function* proofLines(proofs: AsyncIterable<EntryProof>, last: { proof: EntryProof | null }) {
  for await (const proof of proofs) {
    last.proof = proof
    const { entry, index, path, seq } = proof
    yield jcs({ entry: toBase64(entry), index, path: path.map(toBase64), seq })
  }
}

async function* registry(lines: ReturnType<NonNullable<BundleSource['registry']>>) {
  for await (const { event, index, path } of lines) {
    yield jcs({ event: toBase64(event), index, path: path.map(toBase64) })
  }
}

function* approvalFiles(
  kind: string,
  { approval, statement, webauthn, oidc }: ApprovalFiles,
): Generator<Part> {
  const folder = `${kind}/${approval}`
  yield { path: `data/${folder}/statement.json`, content: statement }
  if (webauthn) {
    yield { path: `data/${folder}/clientdata.json`, content: webauthn.clientData }
    yield { path: `data/${folder}/authdata.bin`, content: webauthn.authData }
    yield { path: `data/${folder}/signature.bin`, content: webauthn.signature }
    yield text(`${folder}/credential.pem`, webauthn.credentialPem)
  }
  if (oidc) {
    yield { path: `data/${folder}/id-token.jwt`, content: oidc.idToken }
    yield { path: `data/${folder}/issuer-jwks.json`, content: oidc.issuerJwks }
  }
}

async function* warrants(source: BundleSource['warrants']): AsyncGenerator<Part> {
  if (!source) return
  for await (const { jti, jwt } of source.tokens()) yield text(`warrants/${jti}.jwt`, `${jwt}\n`)
  yield text('warrants/jwks.json', json(source.jwks))
}

/** What was attached twice is there once. */
async function* evidence(files: AsyncIterable<EvidenceFile> | Iterable<EvidenceFile>): AsyncGenerator<Part> {
  const written = new Set<string>()
  for await (const { sha256, extension, content } of files) {
    if (written.has(sha256)) continue
    written.add(sha256)
    yield { path: `data/evidence/${sha256}.${extension}`, content }
  }
}

function* anchors(kept: NonNullable<BundleSource['anchors']>): Generator<Part> {
  for (const { size, checkpoint, timestamp, post } of kept) {
    yield text(`anchors/${size}.checkpoint`, checkpoint)
    if (timestamp) yield { path: `data/anchors/${size}.tsr`, content: timestamp }
    if (post) yield text(`anchors/${size}.post.json`, json(post))
  }
}

const NEWLINE = utf8('\n')
const BATCH = TILE_WIDTH

// Lines are handed on in batches: an event of a kilobyte is a small thing to wake a writer for.
async function* ndjson(lines: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let batch: Uint8Array[] = []
  for await (const line of lines) {
    batch.push(line, NEWLINE)
    if (batch.length < 2 * BATCH) continue
    yield concat(...batch)
    batch = []
  }
  if (batch.length > 0) yield concat(...batch)
}

function text(name: string, content: string): Part {
  return { path: `data/${name}`, content: utf8(content) }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

function sizeOf(checkpoint: string): string {
  return checkpoint.split('\n')[1] ?? ''
}
