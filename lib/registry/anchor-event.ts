/** Where a checkpoint is put out of our reach: a time-stamping authority (RFC 3161), and a channel that many people read. */
export const ANCHORS = ['timestamp', 'chat'] as const
export type AnchorKind = (typeof ANCHORS)[number]

export type AnchorSettings = {
  /** `ca`: the authority's root certificates, PEM. */
  timestamp: { url: string; ca: string } | null
  chat: { platform: 'slack'; team: string; channel: string } | null
  every_hours: number
}

/** `checkpoint_sha256`: of the signed note's exact bytes, which are kept. */
type Anchored = { size: number; checkpoint_sha256: string }

export type AnchorEvent =
  | { type: 'anchors.configured'; data: AnchorSettings }
  | { type: 'anchor.ordered'; data: { kind: AnchorKind } }
  | {
      type: 'checkpoint.timestamped'
      data: Anchored & {
        url: string
        token_sha256: string
        /** By the authority's clock. */
        time: string
        serial: string
        authority: string
      }
    }
  | {
      type: 'checkpoint.posted'
      data: Anchored & {
        platform: 'slack'
        team: string
        channel: string
        message_id: string
        permalink: string
      }
    }
  | { type: 'anchor.failed'; data: { kind: AnchorKind; sentence: string } }
