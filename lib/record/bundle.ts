import {
  BAG_INFO,
  BAGIT,
  BAGIT_DECLARATION,
  infoLine,
  isSafePath,
  MANIFEST,
  manifestLine,
  TAG_MANIFEST,
  TAG_MANIFEST_SIGNATURE,
} from './bagit'
import { payload } from './bundle-payload'
import type { BundleSource, Content } from './bundle-source'
import { utf8 } from './bytes'
import { jcs } from './canonical'
import { runningSha256, sha256Hex } from './digest'
import type { Entry } from './entry'
import { malformed } from './malformed'
import type { Ed25519Signer } from './signature'
import { BUNDLE_NAMESPACE, sshsigSign } from './sshsig'

export type BundleFile = { readonly path: string; readonly content: AsyncIterable<Uint8Array> }

export type BundleKey = {
  readonly signer: Ed25519Signer
  /** The name under which the key is published, e.g. `onrecord.example`. */
  readonly principal: string
}

/**
 * The files of an `onrecord-bundle/v1`, in the order in which they can be written. Each content has to be read to its
 * end before the next file is asked for; nothing is kept but a digest for each file, whatever the size.
 * @throws Malformed `unsafe_path`, `duplicate_path`, or whatever the source throws
 */
export async function* bundle(source: BundleSource, key: BundleKey): AsyncGenerator<BundleFile> {
  const manifest = new Map<string, string>()
  let bytes = 0
  for await (const { path, content } of payload(source, key)) {
    if (!isSafePath(path)) throw malformed('unsafe_path', `${path} cannot be a name in a bundle.`)
    if (manifest.has(path)) throw malformed('duplicate_path', `${path} would be in the bundle twice.`)
    const counted = measured(content)
    yield { path, content: counted.content }
    const measure = counted.measure()
    if (measure === null) throw new Error(`${path} was not read to its end.`)
    manifest.set(path, measure.digest)
    bytes += measure.bytes
  }
  yield* tagFiles(source, key, manifest, bytes)
}

async function* tagFiles(source: BundleSource, key: BundleKey, manifest: Map<string, string>, bytes: number) {
  const { organization, date, identifier, software } = source.about
  const info = [
    infoLine('Source-Organization', organization),
    infoLine('Bagging-Date', date),
    infoLine('External-Identifier', identifier),
    infoLine('Bag-Software-Agent', software),
    infoLine('Bundle-Format', 'onrecord-bundle/v1'),
    infoLine('Payload-Oxum', `${bytes}.${manifest.size}`),
  ].join('')
  const tags: [string, string][] = [
    [BAG_INFO, info],
    [BAGIT, BAGIT_DECLARATION],
    [MANIFEST, lines(manifest)],
  ]
  const tagManifest = lines(new Map(tags.map(([path, text]) => [path, sha256Hex(text)])))
  for (const [path, text] of tags) yield file(path, text)
  yield file(TAG_MANIFEST, tagManifest)
  yield file(TAG_MANIFEST_SIGNATURE, sshsigSign(key.signer, BUNDLE_NAMESPACE, utf8(tagManifest)))
}

function lines(digests: ReadonlyMap<string, string>): string {
  return [...digests]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, digest]) => manifestLine(digest, path))
    .join('')
}

function file(path: string, text: string): BundleFile {
  return { path, content: chunks(utf8(text)) }
}

async function* chunks(content: Content): AsyncGenerator<Uint8Array> {
  if (content instanceof Uint8Array) yield content
  else yield* content
}

function measured(content: Content) {
  const digest = runningSha256()
  let bytes = 0
  let isRead = false
  async function* tapped() {
    for await (const chunk of chunks(content)) {
      digest.update(chunk)
      bytes += chunk.length
      yield chunk
    }
    isRead = true
  }
  return { content: tapped(), measure: () => (isRead ? { digest: digest.hex(), bytes } : null) }
}

/** The line that stands for an event whose body was erased: its place and its digest stay. */
export function erasedEvent({ body, case: stream, seq }: Entry): Uint8Array {
  return jcs({ redacted: { body, case: stream, seq }, v: 1 })
}
