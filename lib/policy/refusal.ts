import { type Refusal, type RefusalCode, refuse } from '../act/refusal'
import type { Decision } from './question'

/** A denied decision as the answer to whoever asked: the sentences above the rules, and what would change it. */
export function refusalOf(decision: Decision): Refusal {
  const code = codeOf(decision.rules)
  return refuse(code, decision.reasons.join(' '), REMEDIES[code], { rules: decision.rules })
}

type Code = Extract<
  RefusalCode,
  'forbidden' | 'separation_of_duties' | 'assurance_required' | 'not_found' | 'unavailable'
>

function codeOf(rules: readonly string[]): Code {
  const about = (subject: string) => rules.some((rule) => rule.startsWith(`${subject}.`))
  if (about('engine')) return 'unavailable'
  if (about('requests')) return 'not_found'
  if (about('separation')) return 'separation_of_duties'
  return rules.length > 0 && rules.every((rule) => rule.startsWith('assurance.'))
    ? 'assurance_required'
    : 'forbidden'
}

const REMEDIES: Readonly<Record<Code, string>> = {
  unavailable: 'Tell an administrator: nothing was done.',
  not_found: 'Reload the case.',
  separation_of_duties: 'Ask somebody who had no part in it.',
  assurance_required: 'Sign in again as it asks, then send it once more: what you have seen stays open.',
  forbidden: 'Ask somebody who may.',
}
