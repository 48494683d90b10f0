import type { Severity, Stage } from '../case/event'
import { toBase64Url } from '../record/base64'
import { jcs } from '../record/canonical'
import { sha256 } from '../record/digest'
import type { CardAction } from './adapter'

/**
 * The one card that stands in the thread for a case, whatever the platform. Text in it is masked and plain: a renderer
 * never lets it be read as markup. Links lead to the desk; no button approves (C01).
 */
export type Card = {
  case: string
  number: number
  /** The case's version when the card was drawn. */
  version: number
  title: string
  stage: Stage
  severity: Severity | null
  owner: string | null
  /** What is waiting, and for whom; at most five are shown. */
  lines: string[]
  /** The case's page. */
  url: string
  /** The approval's page, when one is waiting. */
  approval_url: string | null
  buttons: CardAction[]
}

/**
 * What a reader of this card has seen, in short: base64url(first 12 bytes of SHA-256(JCS(number, title, stage, severity, owner,
 * lines))). Comments, evidence and links raise a case's version and change nothing on its card: a button pressed after
 * them still means what it said.
 */
export function seenOn({ number, title, stage, severity, owner, lines }: Card): string {
  return toBase64Url(sha256(jcs({ number, title, stage, severity, owner, lines })).subarray(0, 12))
}

export const RAIL: readonly Stage[] = ['identify', 'confirm', 'assign', 'act', 'verify']

export const SEVERITY_WORDS: Record<Severity, string> = {
  informational: 'Informational',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
}

export const BUTTON_WORDS: Record<CardAction, string> = {
  confirm: 'Confirm…',
  assign_me: 'Assign to me',
  comment: 'Comment…',
}

export function shortened(text: string, most: number): string {
  return text.length <= most
    ? text
    : `${text
        .slice(0, most - 1)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`
}
