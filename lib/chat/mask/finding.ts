import { MARKER } from '../fingerprint'

/** A secret at `[start, end)` of a text, in UTF-16 units. */
export type Finding = {
  start: number
  end: number
  /** Stable slug, e.g. `postgres-password`. */
  kind: string
  /** The same in words, as it stands in the marker. */
  name: string
  /** Whose and where, as far as the text says: `svc_orders at db.internal/orders`. */
  where: string | null
  /** The secret itself, decoded (`p%40ss` in a URI is `p@ss`). */
  value: string
  /** Which finding names an overlap: a token with a known form knows more than a line that says `key=`. */
  rank: number
}

/** A rule reads a text and says where its secrets are. Linear in the length of the text, whatever the text. */
export type Rule = (text: string) => Finding[]

export const RANK = { uri: 4, pem: 4, token: 3, secretlint: 2, assignment: 1 } as const

const PLACEHOLDER =
  /^(?:\*+|x{3,}|\.{3,}|…|null|none|nil|undefined|true|false|empty|redacted|masked|\[redacted\]|changeme|\$\w{1,60}|\$\{[^}]{0,80}\}|\$\([^)]{0,80}\)|\{\{[^}]{0,80}\}\}|%\w{1,60}%|<[^>]{0,80}>)$/i

/** `***`, `${DB_PASSWORD}`, `<password>`: where a secret would go, not a secret. */
export function isPlaceholder(value: string): boolean {
  return PLACEHOLDER.test(value) || /^(?:process\.env|os\.environ|getenv\(|env\[)/.test(value)
}

export function isMarkerAt(text: string, at: number): boolean {
  MARKER.lastIndex = at
  return MARKER.test(text)
}
