/** Keys that sign for the organisation. Private halves never leave the process that signs with them. */
export const SIGNING = ['log', 'export', 'warrant', 'token'] as const
export type Signing = (typeof SIGNING)[number]

/** How a key followed another. Absent where it was the first of its purpose. */
export type Succession = {
  /** The order that it answers. */
  rotation?: string
  /** It signs nothing before: whoever checks has to have seen it first. */
  from?: string
  /** The keys that it takes over from, and when those are retired. */
  replaces?: string[]
  retires?: string
}

export type KeyEvent =
  | {
      type: 'key.rotation-ordered'
      data: { rotation: string; purpose: Signing; overlap_hours: number; reason: string }
    }
  | { type: 'warrant-key.published'; data: { kid: string; jwk: Record<string, string> } & Succession }
  | { type: 'token-key.published'; data: { kid: string; jwk: Record<string, string> } & Succession }
  | { type: 'export-key.published'; data: { key: string; fingerprint: string } & Succession }
  | { type: 'log-key.published'; data: { vkey: string } & Succession }
  | { type: 'warrant-key.retired' | 'token-key.retired'; data: { kid: string } }
  | { type: 'export-key.retired'; data: { fingerprint: string } }
  | { type: 'log-key.retired'; data: { vkey: string } }
