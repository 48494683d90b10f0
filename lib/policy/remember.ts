import type { EngineCall } from './engine'
import type { Rule } from './rules'

/** Some dozens of people at work on cases in every stage; an answer and its key take about 1 kB. */
const MOST = 20_000

/** Remembers what was answered, by whatever the rules can have looked at; the oldest is forgotten first. */
export function remembering<Answer>(rules: readonly Rule[]) {
  const answers = new Map<string, Answer>()
  const looks = new Map<string, Look>()
  const lookOf = (command: string) => {
    const look = looks.get(command) ?? lookAt(rules, command)
    looks.set(command, look)
    return look
  }
  return {
    keyOf: (call: EngineCall, command: string) => keyOf(call, lookOf(command)),
    find: (key: string) => answers.get(key),
    keep(key: string, answer: Answer): Answer {
      if (answers.size >= MOST) answers.delete(answers.keys().next().value ?? '')
      answers.set(key, answer)
      return answer
    },
  }
}

/** What the rules about a command may look at, of that which changes from one question to the next. */
type Look = { readonly now: boolean; readonly session_age: boolean; readonly id: boolean }

/** Errs to the safe side: a word in a comment counts, and so does every use of the context as a whole. */
function lookAt(rules: readonly Rule[], command: string): Look {
  const texts = rules
    .filter((rule) => rule.commands === null || rule.commands.includes(command))
    .map((rule) => rule.text)
    .join('\n')
  const whole = /\bcontext\b(?!\.|\s+has\b)/.test(texts)
  return {
    now: whole || /\bnow\b/.test(texts),
    session_age: whole || /\bsession_age\b/.test(texts),
    // A rule about one case in particular would name it: Case::"...".
    id: /::/.test(texts.replaceAll(/\b(?:Action|Role|MachineRole)::"/g, '')),
  }
}

function keyOf({ context, resource, entities, ...call }: EngineCall, look: Look): string {
  const seen: Record<string, unknown> = { ...context }
  // What no rule looks at still has to be of the agreed type.
  if (!look.now) seen.now = typeof seen.now
  if (!look.session_age)
    seen.session_age = Number.isSafeInteger(seen.session_age) ? 'whole' : seen.session_age
  const [who, what] = Array.isArray(entities) ? entities : []
  return JSON.stringify([
    call.action,
    call.preparsedPolicySetId,
    who,
    what?.attrs,
    // What kind of thing it is always counts: a rule says so in its scope, and not every command is about every kind.
    look.id ? resource : { ...resource, id: null },
    seen,
  ])
}
