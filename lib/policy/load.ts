import { jcsText } from '../record/canonical'
import { bundleDigest, type PolicyTexts, RISK_FILE } from './bundle'
import type { Engine } from './engine'
import { RISK_TABLE } from './requirements'
import { type RiskTable, riskTable } from './risk-table'
import { messages, type Rule, rulesOf } from './rules'

/** What checking a set led to: every rule is named, has a sentence and fits the schema. */
export type Checked = {
  readonly bundle: string
  readonly rules: readonly Rule[]
  /** The commands and reads that the schema knows. */
  readonly commands: ReadonlySet<string>
}

export type Loaded = Checked & {
  /** The table by which an action's tier says what its approvals must prove. */
  readonly risk: RiskTable
}

export type LoadOptions = {
  /** A set that was in force once and decides nothing any more, whose risk table may be another than this build's. */
  readonly past?: boolean
  /** What checking led to when On Record was built. Used for the very texts that it was found of, and for no others. */
  readonly checked?: Checked | null
}

/**
 * Reads and checks a policy set and hands it to the engine.
 * @throws Error whose sentence says why the set is refused.
 */
export function load(
  texts: PolicyTexts,
  engine: Engine,
  { past = false, checked = null }: LoadOptions = {},
): Loaded {
  const risk = riskOf(texts.files[RISK_FILE], past)
  const bundle = bundleDigest(texts)
  const set = checked?.bundle === bundle ? checked : check(texts, bundle, engine)
  succeeded('The schema', engine.preparseSchema(bundle, texts.schema))
  return { ...set, risk }
}

function check(texts: PolicyTexts, bundle: string, engine: Engine): Checked {
  const rules = Object.entries(texts.files)
    .filter(([name]) => name.endsWith('.cedar'))
    .flatMap(([name, text]) => rulesOf(engine, name, text))
  const twice = rules.find((rule, index) => rules.findIndex((other) => other.id === rule.id) !== index)
  if (twice) throw new Error(`Two rules are called ${twice.id}.`)
  if (!rules.length) throw new Error('The policy set holds no rule.')
  const commands = commandsOf(engine, texts.schema)
  checkTypes(engine, texts.schema, rules)
  return { bundle, rules, commands }
}

/**
 * Gives the engine, for each command that is asked about, the rules that speak of it: the others can't apply, and each one costs time.
 * It keeps them for ever, so they are kept under the bundle's digest: the same texts take no second place,
 * and no set can take another's.
 * @throws Error when the engine doesn't take them
 */
export function handingOver(engine: Engine, { bundle, rules }: Checked): (command: string) => void {
  const given = new Set<string>()
  return (command) => {
    if (given.has(command)) return
    const about = rules.filter((rule) => rule.commands === null || rule.commands.includes(command))
    succeeded(
      `What is said of ${command}`,
      engine.preparsePolicySet(sliceOf(bundle, command), textsOf(about)),
    )
    given.add(command)
  }
}

/** The name under which the engine keeps the rules about one command. */
export function sliceOf(bundle: string, command: string): string {
  return `${bundle}/${command}`
}

function textsOf(rules: readonly Rule[]) {
  return { staticPolicies: Object.fromEntries(rules.map((rule) => [rule.id, rule.text])) }
}

function riskOf(text: string | undefined, past: boolean): RiskTable {
  if (text === undefined) throw new Error(`The policy set lacks ${RISK_FILE}.`)
  const table = riskTable(parse(text))
  if (!past && jcsText(table) !== jcsText(RISK_TABLE)) {
    throw new Error(
      `${RISK_FILE} is not the table that this build decides with: build it again with the changed table.`,
    )
  }
  return table
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`${RISK_FILE} is not JSON.`)
  }
}

function commandsOf(engine: Engine, schema: string): Set<string> {
  const answer = engine.schemaToJson(schema)
  if (answer.type === 'failure') throw new Error(`The schema can't be read: ${messages(answer.errors)}`)
  return new Set(Object.values(answer.json).flatMap((namespace) => Object.keys(namespace.actions)))
}

/** The engine calls a set with validation errors a success: they are looked at here, and warnings with them. */
function checkTypes(engine: Engine, schema: string, rules: readonly Rule[]) {
  const answer = engine.validate({ schema, policies: textsOf(rules), validationSettings: { mode: 'strict' } })
  if (answer.type === 'failure')
    throw new Error(`The policy set can't be checked: ${messages(answer.errors)}`)
  const [first] = [...answer.validationErrors, ...answer.validationWarnings]
  if (first) throw new Error(`The rule ${first.policyId} doesn't fit the schema: ${first.error.message}`)
}

type Answer = ReturnType<Engine['preparseSchema']>

function succeeded(what: string, answer: Answer) {
  if (answer.type === 'failure') throw new Error(`${what} can't be read: ${messages(answer.errors)}`)
}
