import type { Engine } from './engine'

/** One rule: its stable id, its sentence for people, its text for the engine. */
export type Rule = {
  readonly id: string
  readonly effect: 'permit' | 'forbid'
  readonly sentence: string
  readonly text: string
  /** The commands that it names; null when it speaks of all of them. */
  readonly commands: readonly string[] | null
}

/**
 * Reads the rules of one file. A rule's id is `<file>.<name>`, so that a reason leads to the place where it is written.
 * @throws Error whose sentence says what is wrong and in which file.
 */
export function rulesOf(engine: Engine, file: string, text: string): Rule[] {
  const parts = engine.policySetTextToParts(text)
  if (parts.type === 'failure') throw new Error(`${file} can't be read: ${messages(parts.errors)}`)
  if (parts.policy_templates.length)
    throw new Error(`${file} holds a template: rules are written out in full.`)
  return parts.policies.map((each) => ruleOf(engine, file, each))
}

function ruleOf(engine: Engine, file: string, text: string): Rule {
  const parsed = engine.policyToJson(text)
  if (parsed.type === 'failure')
    throw new Error(`A rule of ${file} can't be read: ${messages(parsed.errors)}`)
  const { effect, annotations, action } = parsed.json
  const id = annotations?.id ?? ''
  const sentence = annotations?.reason ?? ''
  const prefix = `${file.replace(/\.cedar$/, '')}.`
  if (!id.startsWith(prefix) || !/^[a-z]+\.[a-z][a-z-]*$/.test(id)) {
    throw new Error(
      `A rule of ${file} has the id "${id}": it must be "${prefix}" and a name of small letters.`,
    )
  }
  if (!sentence.endsWith('.')) throw new Error(`The rule ${id} needs a sentence in its @reason.`)
  return { id, effect, sentence, text, commands: commandsOf(action) }
}

type ActionScope = Extract<ReturnType<Engine['policyToJson']>, { type: 'success' }>['json']['action']

function commandsOf(scope: ActionScope): string[] | null {
  if (scope.op === 'All') return null
  const named = 'entities' in scope ? scope.entities : 'entity' in scope ? [scope.entity] : []
  return named.map((uid) => ('__entity' in uid ? uid.__entity.id : uid.id))
}

export function messages(errors: readonly { message: string }[]): string {
  return errors.map((error) => error.message).join('; ')
}
