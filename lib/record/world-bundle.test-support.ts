import { bundle, erasedEvent } from './bundle'
import type { BundleSource } from './bundle-source'
import { concat } from './bytes'
import { signCheckpoint } from './checkpoint'
import { sha256Hex } from './digest'
import { entryBytes } from './entry'
import { EMPTY_EDGE, extend } from './extend'
import type { Files } from './folder.test-support'
import { type NoteSigner, signatureLine } from './note'
import { type Tile, tilePath } from './tile'
import { consistencyProof, inclusionProof, type ReadTile } from './tile-proof'
import { addCheckpointBody } from './witness'
import {
  CASE,
  EXPORT,
  LOG,
  POLICY,
  POLICY_SET,
  type Recorded,
  stream,
  WARRANT_JWK,
  WITNESS,
  type World,
} from './world.test-support'

// What that organisation exports.

export function tilesOf(entries: readonly Uint8Array[]): {
  tiles: readonly Tile[]
  read: ReadTile
  root: Uint8Array
} {
  const { changed, root } = extend(EMPTY_EDGE, entries)
  const byPlace = new Map(changed.map((tile) => [tilePath({ ...tile, width: 256 }), tile.bytes]))
  const read: ReadTile = (tile) =>
    (byPlace.get(tilePath({ ...tile, width: 256 })) ?? new Uint8Array(0)).subarray(0, tile.width * 32)
  return { tiles: changed, read, root }
}

export function signedHead(
  world: World,
  size = world.log.length,
  isWitnessed = true,
  keys: readonly NoteSigner[] = [LOG],
): string {
  const { root } = tilesOf(world.log.slice(0, size).map(entryBytes))
  const note = signCheckpoint({ origin: LOG.name, size, root }, ...keys)
  const text = note.slice(0, note.indexOf('\n\n') + 1)
  return isWitnessed ? note + signatureLine(WITNESS.cosign(text, Math.floor(world.clock / 1000))) : note
}

export type Packing = {
  streams?: string[]
  tiles?: boolean
  witnessed?: boolean
  registry?: (seq: number) => boolean
  hide?: (seq: number) => boolean
  old?: number
  /** The keys that sign the log's head: the one, or two while one replaces the other. */
  logKeys?: readonly NoteSigner[]
  /** A wide export: its event, the registry's last, ends the bundle. */
  wide?: boolean
}

export function sourceOf(world: World, packing: Packing = {}): BundleSource {
  const {
    streams = [CASE],
    tiles = true,
    witnessed = true,
    registry = () => true,
    hide = () => false,
    old,
    logKeys = [LOG],
    wide = false,
  } = packing
  const { read, tiles: all } = tilesOf(world.log.map(entryBytes))
  const size = world.log.length
  const checkpoint = signedHead(world, size, witnessed, logKeys)
  const index = (event: Recorded) => world.log.indexOf(event)
  const exported = wide ? stream(world, 'registry').slice(-1) : []
  const shown = [
    ...streams.flatMap((name) => stream(world, name)).filter(({ seq }) => !hide(seq)),
    ...exported,
  ]
  return {
    about: {
      organization: 'Acme (test)',
      identifier: CASE,
      date: '2026-03-02',
      software: 'On Record (test)',
    },
    checkpoint,
    policy: POLICY,
    async *events() {
      for (const event of shown) yield world.erased.has(event) ? erasedEvent(event) : event.bytes
    },
    async *proofs() {
      for (const event of shown) {
        yield {
          entry: entryBytes(event),
          index: index(event),
          path: inclusionProof(read, index(event), size),
          seq: event.seq,
        }
      }
    },
    async *registry() {
      for (const event of stream(world, 'registry').filter(({ seq }) => registry(seq))) {
        yield { event: event.bytes, index: index(event), path: inclusionProof(read, index(event), size) }
      }
    },
    async *policySets() {
      yield { sha256: sha256Hex(POLICY_SET), bytes: POLICY_SET }
    },
    ...(tiles
      ? {
          async *tiles() {
            yield* all
          },
        }
      : {}),
    ...(old === undefined
      ? {}
      : {
          consistency: [{ old, body: addCheckpointBody(old, consistencyProof(read, old, size), checkpoint) }],
        }),
    async *approvals() {
      yield* world.approvals.values()
    },
    async *emergencies() {
      yield* world.emergencies.values()
    },
    warrants: {
      jwks: { keys: [WARRANT_JWK] },
      async *tokens() {
        for (const [jti, jwt] of world.warrants) yield { jti, jwt }
      },
    },
    async *evidence() {
      for (const [sha256, content] of world.evidence) yield { sha256, extension: 'txt', content }
    },
  }
}

export async function pack(source: BundleSource): Promise<Files> {
  const files: Files = new Map()
  for await (const { path, content } of bundle(source, { signer: EXPORT, principal: 'onrecord.test' })) {
    const chunks: Uint8Array[] = []
    for await (const chunk of content) chunks.push(chunk)
    files.set(path, concat(...chunks))
  }
  return files
}
