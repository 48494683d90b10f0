import type { Tile } from './tile'

export type Content = Uint8Array | AsyncIterable<Uint8Array>

/** Where an event is in the organisation's log. */
export type EntryProof = {
  readonly entry: Uint8Array
  readonly index: number
  /** Inclusion proof at the size of the bundle's checkpoint. */
  readonly path: readonly Uint8Array[]
  readonly seq: number
}

export type RegistryLine = {
  readonly event: Uint8Array
  readonly index: number
  readonly path: readonly Uint8Array[]
}

/** The exact bytes of a policy set, and hex(SHA-256) of them, by which events name it. */
export type PolicySetFile = { readonly sha256: string; readonly bytes: Uint8Array }

export type ApprovalFiles = {
  readonly approval: string
  readonly statement: Uint8Array
  readonly webauthn?: {
    readonly clientData: Uint8Array
    readonly authData: Uint8Array
    readonly signature: Uint8Array
    readonly credentialPem: string
  }
  /** Where signing in again stood in for a passkey: the exact bytes of both, as the issuer gave them. */
  readonly oidc?: { readonly idToken: Uint8Array; readonly issuerJwks: Uint8Array }
}

export type EvidenceFile = {
  readonly sha256: string
  /** Without a dot: `txt`. */
  readonly extension: string
  readonly content: Content
}

/** A readable form of the record. Convenient, and not evidence. */
export type DerivedFile = { readonly name: string; readonly content: Content }

export type KeptCheckpoint = {
  readonly size: number
  readonly checkpoint: string
  /** RFC 3161, over the checkpoint's exact bytes. */
  readonly timestamp?: Uint8Array
  /** Where it was posted for many to read. */
  readonly post?: { readonly permalink: string; readonly channel: string; readonly recorded_at: string }
}

/** `body` is spelled as in a request to a witness: `old <size>`, proof, empty line, checkpoint. */
export type ConsistencyFile = { readonly old: number; readonly body: string }

/** What came of making a file besides its bytes, for the files after it: taken along as JSON when the file is not made again. */
export type Memory = { readonly save: () => unknown; readonly restore: (saved: unknown) => void }

/** A large file's content, handed on as it is made or as it was made before. */
export type Kept = (
  path: string,
  content: AsyncIterable<Uint8Array>,
  memory?: Memory,
) => AsyncIterable<Uint8Array>

/**
 * All that goes into an export. Streams are asked for once, in the order below, and read one at a time. What there is
 * not is left out: a bundle never holds an empty stand-in.
 */
export type BundleSource = {
  readonly about: {
    readonly organization: string
    /** A case's id, or what else the export covers. */
    readonly identifier: string
    /** `YYYY-MM-DD`. */
    readonly date: string
    readonly software: string
  }
  /**
   * The exact bytes of each event, without the newline, stream by stream in seq order; `erasedEvent()` for an event
   * whose body was erased. The last one is `case.exported`.
   */
  readonly events: () => AsyncIterable<Uint8Array>
  /** One for each event, in the same order. */
  readonly proofs: () => AsyncIterable<EntryProof>
  readonly registry?: () => AsyncIterable<RegistryLine>
  /** The policy sets that the events above name: those that were kept. */
  readonly policySets?: () => AsyncIterable<PolicySetFile>
  /** The signed note, cosignatures included, that covers all of the above. */
  readonly checkpoint: string
  /** C2SP tlog-policy. */
  readonly policy: string
  readonly tiles?: () => AsyncIterable<Tile>
  readonly consistency?: readonly ConsistencyFile[]
  readonly anchors?: readonly KeptCheckpoint[]
  readonly approvals?: () => AsyncIterable<ApprovalFiles>
  /** What was signed to let an action run without its approvals; `approval` is the hex SHA-256 of the statement. */
  readonly emergencies?: () => AsyncIterable<ApprovalFiles>
  readonly warrants?: {
    readonly jwks: unknown
    readonly tokens: () => AsyncIterable<{ readonly jti: string; readonly jwt: string }>
  }
  readonly evidence?: () => AsyncIterable<EvidenceFile>
  readonly derived?: () => AsyncIterable<DerivedFile>
  /** Where the writing of an export may go on behind the last file that was finished. */
  readonly kept?: Kept
}
