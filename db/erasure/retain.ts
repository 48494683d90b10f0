import type { Retention } from '@/lib/act/facts'
import { perform } from '@/lib/act/perform'
import { isRefusal } from '@/lib/act/refusal'
import { HOLDS } from '@/lib/case/erasable'
import type { Actor } from '@/lib/identity/actor'
import type { Client } from '../client'
import type { Performing } from '../deps'
import { within } from '../within'

export type Terms = Pick<Retention, 'days' | 'what' | 'except'>
type Due = { readonly id: string; readonly held: boolean; readonly seqs: number[]; readonly types: string[] }

const AT_ONCE = 200
const CASES = 100

/** What a rule would erase today, and what only a hold keeps from it. Nothing is erased by looking. */
export type Preview = {
  readonly cases: number
  readonly messages: number
  readonly comments: number
  readonly evidence: number
  readonly held: number
}

export async function previewOf(sql: Client, org: string, terms: Terms): Promise<Preview> {
  const preview = { cases: 0, messages: 0, comments: 0, evidence: 0, held: 0 }
  for (let after = ''; ; ) {
    const page = await due(sql, org, terms, after)
    for (const { held, types } of page) {
      if (held) preview.held += 1
      else preview.cases += 1
      if (!held) for (const type of types) preview[kindOf(type)] += 1
    }
    const last = page.at(-1)
    if (page.length < CASES || !last) return preview
    after = last.id
  }
}

/** Erases what the rule in force no longer keeps; answers with the numbers of cases and events. */
export async function eraseDue(
  deps: Performing,
  actor: Actor,
): Promise<{ readonly cases: number; readonly events: number }> {
  const rule = await ruleInForce(deps.sql, actor.org)
  const done = { cases: 0, events: 0 }
  if (!rule) return done
  for (let after = ''; ; ) {
    const page = await due(deps.sql, actor.org, rule, after)
    for (const each of page) {
      const events = each.held ? 0 : await eraseOf(deps, actor, rule.rule, each)
      done.events += events
      if (events) done.cases += 1
    }
    const last = page.at(-1)
    if (page.length < CASES || !last) return done
    after = last.id
  }
}

async function eraseOf(deps: Performing, actor: Actor, rule: string, { id, seqs }: Due): Promise<number> {
  let events = 0
  for (let from = 0; from < seqs.length; from += AT_ONCE) {
    const some = seqs.slice(from, from + AT_ONCE)
    const input = { rule, seqs: some }
    const order = {
      kind: 'case',
      stream: id,
      command: 'eraseByRule',
      input,
      key: deps.newId('retain'),
    } as const
    // Refused: a hold has come in between, or somebody reopened it. It will be looked at again tomorrow.
    if (isRefusal(await perform(deps, actor, order))) return events
    events += some.length
  }
  return events
}

function ruleInForce(sql: Client, org: string): Promise<Retention | null> {
  return within(sql, org, async (tx) => {
    const [row] = await tx<{ retention: Retention | null }[]>`
      select state -> 'retention' as retention from stream where org = ${org} and stream = 'registry'`
    return row?.retention ?? null
  })
}

/** Closed cases whose time is over and that still say something, in the order of their ids. */
function due(sql: Client, org: string, { days, what, except }: Terms, after: string): Promise<Due[]> {
  const types = Object.entries(HOLDS).flatMap(([type, kind]) => (what.includes(kind) ? [type] : []))
  return within(
    sql,
    org,
    (tx) => tx<Due[]>`
      select f.id, is_held(${org}, f.id) or is_held(${org}, 'registry') as held, array_agg(e.seq order by e.seq) as seqs,
        array_agg(e.type order by e.seq) as types
      from case_file f join event e on e.org = f.org and e.stream = f.id
      where f.org = ${org} and f.id > ${after} and not f.open and f.stage_at <= clock_timestamp() - make_interval(days => ${days})
        and not f.category = any(${[...except]}) and e.type = any(${types}) and e.body is not null
        and coalesce(said(e.body) ->> 'kind', '') not in ('receipt', 'probe')
      group by f.id order by f.id limit ${CASES}`,
    'read only',
  )
}

function kindOf(type: string): 'messages' | 'comments' | 'evidence' {
  const kind = (HOLDS as Readonly<Record<string, string>>)[type]
  return kind === 'comments' || kind === 'evidence' ? kind : 'messages'
}
