/**
 * What On Record suggests when a message is promoted. Suggestions only fill the draft: a person confirms or changes them,
 * except that a finding for which `full` is true takes the full lane whatever anybody chose.
 *
 *   suggest({ texts, secrets, channel }) -> { title, category, severity, full, because }
 *
 * Everything in is already masked.
 */
import type { Category, Severity } from '../case/event'
import { visible } from './visible'

export type PromotionInput = {
  /** The messages, masked, in order; the first one is the one that was promoted. */
  texts: readonly string[]
  secrets: readonly { label: string; kind: string }[]
  /** `security-alerts`, without the #; null when unknown. */
  channel: string | null
}

export type Suggestion = {
  title: string
  category: Category
  severity: Severity | null
  /** The full lane is mandatory: no short cut past confirm, approval or verification. */
  full: boolean
  /** One sentence per rule that spoke, for the form. */
  because: string[]
}

type Rule = {
  id: string
  when: (input: PromotionInput, said: string) => boolean
  category: Category
  severity: Severity | null
  full: boolean
  because: string
}

const says = (pattern: RegExp) => (_: PromotionInput, said: string) => pattern.test(said)

/** In order of weight: the first that speaks names the category; the highest severity and any `full` count. */
export const PROMOTION_RULES: readonly Rule[] = [
  {
    id: 'private-key-leaked',
    when: ({ secrets }) => secrets.some(({ kind }) => /private-key|service-account-key/.test(kind)),
    category: 'leaked-secret',
    severity: 'critical',
    full: true,
    because: 'A private key stands in the message.',
  },
  {
    id: 'secret-leaked',
    when: ({ secrets }) => secrets.length > 0,
    category: 'leaked-secret',
    severity: 'high',
    full: true,
    because: 'A secret stands in the message.',
  },
  {
    id: 'secret-leak-said',
    when: says(
      /\b(?:leak(?:ed|s)?|exposed|committed|pasted)\b.{0,80}\b(?:password|secret|token|credential|api key|private key)s?\b|\b(?:password|secret|token|credential|api key|private key)s?\b.{0,80}\b(?:leak(?:ed)?|exposed|committed|pasted)\b/is,
    ),
    category: 'leaked-secret',
    severity: 'high',
    full: true,
    because: 'The message says that a secret was exposed.',
  },
  {
    id: 'service-account-abuse',
    when: says(
      /\b(?:service[- ]account|svc[_-]\w+|machine identity|iam role|bot account|api key)\b.{0,120}\b(?:unusual|suspicious|unexpected|abuse[ds]?|impossible travel|interactive login|outside|anomal\w+|from (?:an? )?(?:new|unknown))\b|\b(?:unusual|suspicious|unexpected|anomal\w+|interactive)\b.{0,120}\b(?:service[- ]account|svc[_-]\w+|machine identity|iam role|bot account)\b/is,
    ),
    category: 'service-account-abuse',
    severity: 'high',
    full: true,
    because: 'It speaks of a service account that is used in a way it should not be.',
  },
  {
    id: 'recurring-attack-path',
    when: says(
      /\b(?:recurring|again|third time|second time|same (?:attack )?path|keeps? (?:coming back|happening)|repeated(?:ly)?)\b.{0,120}\b(?:attack|lateral movement|phish\w*|brute[- ]force|exploit\w*|path|privilege escalation)\b|\battack path\b.{0,120}\b(?:recurring|again|repeated(?:ly)?|still open)\b/is,
    ),
    category: 'recurring-attack-path',
    severity: 'high',
    full: true,
    because: 'It speaks of an attack path that has been seen before.',
  },
  {
    id: 'malware',
    when: says(/\b(?:malware|ransomware|trojan|cryptominer|c2 beacon|beaconing|reverse shell)\b/i),
    category: 'malware',
    severity: 'high',
    full: false,
    because: 'It speaks of malicious software.',
  },
  {
    id: 'suspicious-access',
    when: says(
      /\b(?:suspicious|unusual|impossible travel|unknown (?:ip|device|location)|failed log-?ins?|mfa (?:fatigue|push))\b/i,
    ),
    category: 'suspicious-access',
    severity: 'medium',
    full: false,
    because: 'It speaks of access that looks wrong.',
  },
  {
    id: 'misconfiguration',
    when: says(
      /\b(?:public(?:ly)? (?:readable|accessible|exposed)|open bucket|0\.0\.0\.0\/0|world[- ]readable|misconfigur\w+|wildcard permission)\b/i,
    ),
    category: 'misconfiguration',
    severity: 'medium',
    full: false,
    because: 'It speaks of a setting that lets too many in.',
  },
]

const ORDER: readonly (Severity | null)[] = [null, 'informational', 'low', 'medium', 'high', 'critical']
const LONGEST_TITLE = 120

export function suggest(input: PromotionInput): Suggestion {
  const said = input.texts.join('\n').slice(0, 40_000)
  const spoke = PROMOTION_RULES.filter((rule) => rule.when(input, said))
  const severity = spoke
    .map((rule) => rule.severity)
    .reduce((a, b) => (ORDER.indexOf(b) > ORDER.indexOf(a) ? b : a), null)
  return {
    title: titleOf(input),
    category: spoke[0]?.category ?? 'other',
    severity,
    full: spoke.some((rule) => rule.full),
    because: spoke.map((rule) => rule.because),
  }
}

/** The leaked secret and where it was said; else the first line of the first message, without anything hidden in it. */
function titleOf({ texts, secrets, channel }: PromotionInput): string {
  const [secret] = secrets
  if (secret) return shortened(`${capital(secret.label)}, in ${channel ? `#${channel}` : 'a message'}`)
  const line = shown(texts[0] ?? '')
    .split('\n')
    .map((part) => part.trim())
    .find((part) => part !== '')
  return shortened(line ?? 'A message without text')
}

function shown(text: string): string {
  return visible(text)
    .map((segment) => (segment.kind === 'hidden' ? '' : segment.text))
    .join('')
    .replaceAll('\t', ' ')
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

function shortened(text: string): string {
  if (text.length <= LONGEST_TITLE) return text
  const cut = text
    .slice(0, LONGEST_TITLE - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '')
  return `${cut.replace(/\s+\S{0,20}$/, '')}…`
}
