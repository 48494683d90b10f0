import { accountable, identified, type NonHuman, type Person } from '../identity/actor'
import type { PolicyTexts } from './bundle'
import { cedarCall } from './cedar-call'
import { engine as cedar, type Engine, type EngineCall } from './engine'
import { handingOver, type Loaded, type LoadOptions, load } from './load'
import { knownTo } from './past-schema'
import type { Decision, PolicySet, Question } from './question'
import { remembering } from './remember'
import type { Rule } from './rules'

/** A policy set with its rules, for the pages that show them, and the commands that it knows. */
export type LoadedPolicies = PolicySet & Loaded

/** What the engine said, before it is put into words. */
type Verdict = Pick<Decision, 'permitted' | 'rules' | 'reasons'>

/**
 * Loads and checks a policy set. The answer's `authorize` is pure: the same question always gets the same decision.
 * @throws Error whose sentence says why the set is refused: no set is better than one that can't be trusted.
 */
export function loadPolicies(
  texts: PolicyTexts,
  engine: Engine = cedar,
  options: LoadOptions = {},
): LoadedPolicies {
  const loaded = load(texts, engine, options)
  const { bundle } = loaded
  const fitting: Fit = options.past ? knownTo(engine, texts.schema) : (call) => call
  const judge = judgeOf(engine, loaded, fitting)
  return {
    ...loaded,
    authorize: (question, decision_id) => ({ ...decide(question, judge), bundle, decision_id }),
  }
}

type Judge = (question: Question) => Verdict

/** An agent that acts for somebody needs that person's rights as well as its own: the one who is behind it decides. */
function decide(question: Question, judge: Judge): Verdict {
  const { actor, behalf } = question
  const own = helpful(question, judge)
  if (!own.permitted || actor.kind !== 'nhi' || actor.onBehalfOf === undefined) return own
  if (behalf?.id !== actor.onBehalfOf) {
    return denied('behalf.unknown', 'An agent that acts for somebody needs that person to be a member.')
  }
  const theirs = helpful({ ...question, actor: behind(actor, behalf) }, judge)
  return theirs.permitted ? { ...theirs, rules: [...new Set([...own.rules, ...theirs.rules])] } : theirs
}

function behind(
  { org, via, auth, request }: NonHuman,
  { id, roles }: NonNullable<Question['behalf']>,
): Person {
  return identified({ kind: 'human', id, name: id, roles, org, via, auth, request })
}

/** Nobody is sent to sign in again only to be refused for another reason then. */
function helpful(question: Question, judge: Judge): Verdict {
  const verdict = judge(question)
  if (verdict.permitted || !verdict.rules.every((rule) => rule.startsWith('assurance.'))) return verdict
  const { actor, context } = question
  const passkey = context.passkey ?? { owner: accountable(actor), revoked: false }
  const then = judge({ ...question, context: { ...context, session_age: 0, passkey } })
  return then.permitted ? verdict : then
}

type Fit = (call: EngineCall) => EngineCall

function judgeOf(engine: Engine, loaded: Loaded, fitting: Fit): Judge {
  const { bundle, rules, commands, risk } = loaded
  const handOver = handingOver(engine, loaded)
  const byId = new Map(rules.map((rule) => [rule.id, rule]))
  const memory = remembering<Verdict>(rules)
  return (question) => {
    if (!commands.has(question.command)) return denied('default.deny', byDefault(question.command, rules))
    const call = fitting(cedarCall(question, bundle, risk))
    const key = memory.keyOf(call, question.command)
    const known = memory.find(key)
    if (known) return known
    const answer = ask(engine, call, () => handOver(question.command))
    if (answer === null)
      return denied('engine.failed', 'The policy engine gave no answer, so nothing is permitted.')
    // The engine skips a rule that fails and may still say "allow": a rule that can't be judged must refuse.
    const failed = answer.diagnostics.errors.map((error) => error.policyId)
    if (failed.length) {
      return {
        permitted: false,
        rules: failed,
        reasons: failed.map((id) => `The rule ${id} can't be judged, so nothing is permitted.`),
      }
    }
    const determining = [...answer.diagnostics.reason].sort()
    if (answer.decision === 'allow')
      return memory.keep(key, { permitted: true, rules: determining, reasons: [] })
    if (!determining.length)
      return memory.keep(key, denied('default.deny', byDefault(question.command, rules)))
    const reasons = determining.map((id) => byId.get(id)?.sentence ?? id)
    return memory.keep(key, { permitted: false, rules: determining, reasons })
  }
}

function ask(engine: Engine, call: EngineCall, prepare: () => void) {
  try {
    prepare()
    const answer = engine.statefulIsAuthorized(call)
    return answer.type === 'success' ? answer.response : null
  } catch {
    return null
  }
}

function denied(rule: string, reason: string): Verdict {
  return { permitted: false, rules: [rule], reasons: [reason] }
}

/** Says who could, since a "no" alone helps nobody. */
function byDefault(command: string, rules: readonly Rule[]): string {
  const who = rules.filter((rule) => rule.effect === 'permit' && rule.commands?.includes(command))
  return ['No rule permits this to you.', ...who.map((rule) => rule.sentence)].join(' ')
}
