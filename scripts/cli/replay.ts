import { type Replays, replays } from '../../db/audit/replays'
import { reader } from '../../db/reading'
import { urlAs } from '../../db/roles'
import type { Judged, Moment, Replay } from '../../lib/audit/view'
import { caseNamed } from './case-named'
import { type Installation, withInstallation } from './installation'
import type { Answer, Command } from './main'
import { UsageError } from './options'

const HELP = `on-record replay --case <id or number> [--at <event>] [--json]

Without --at: puts every decision of the case to the policy set that made it, on the state, roles and facts of that moment, and says
whether it would be the same. Exit code 1 when one differs. With --at: the case right after that event, and who could do what.
Everything is folded from events; no table is asked.

  --case <id or number>   which case, e.g. 1007
  --at <event>            the number of an event of the case, from 0
  --json                  print {"case", "stops", "decisions"}, or with --at {"case", "entry", "frame"}
  --help                  this text
`

export const replayCommand: Command = {
  help: HELP,
  values: ['case', 'at'],
  run({ values }) {
    const [name, at] = [values.get('case'), values.get('at')]
    if (!name) throw new UsageError('Name a case: --case <id or number>.')
    if (at !== undefined && !/^\d{1,9}$/.test(at)) throw new UsageError('--at takes the number of an event.')
    return withInstallation((installation) =>
      replay(installation, name, at === undefined ? null : Number(at)),
    )
  },
}

async function replay(installation: Installation, name: string, at: number | null): Promise<Answer> {
  const { database, deps, org, settings } = installation
  const id = await caseNamed(installation, name)
  const readers = reader(urlAs('on_record_app', database.adminUrl, database.secret), 1)
  try {
    const own = replays({ reader: readers, sql: deps.sql, origin: settings.url })
    return at === null ? await all(own, org, id) : await moment(own, org, id, at)
  } finally {
    await readers.end()
  }
}

async function all(own: Replays, org: string, id: string): Promise<Answer> {
  const [shown, decisions] = [await own.overview(org, id), await own.judged(org, id)]
  if (!shown || !decisions) throw new Error(`There is no case ${id}.`)
  const { stops, actors } = shown
  const name = (actor: string) => actors.find((each) => each.id === actor)?.name ?? actor
  const lines = stops.map(({ seq, at, actor, type, erased }, place) => {
    const judged = decisions[place]?.judged
    return `${String(seq).padStart(5)}  ${at}  ${name(actor).padEnd(20)}  ${(erased ? `${type} (erased)` : type).padEnd(24)}  ${said(judged)}`
  })
  const count = (verdict: Judged['verdict']) =>
    decisions.filter(({ judged }) => judged.verdict === verdict).length
  const differ = count('differs')
  const total = `Case ${shown.case.number}, ${shown.case.title}: ${stops.length} events. ${count('same')} decided the same again, ${differ} otherwise, ${count('unjudged')} can't be judged.`
  return {
    text: [...lines, total].join('\n'),
    json: { case: shown.case, stops, decisions },
    failed: differ > 0,
  }
}

function said(judged: Judged | undefined): string {
  const rules = judged?.recorded?.rules.join(', ') ?? ''
  if (judged?.verdict === 'same') return `the same: ${judged.recorded?.decision} by ${rules}`
  return judged?.verdict === 'differs' ? `DIFFERS: ${judged.sentence}` : `not judged: ${judged?.sentence}`
}

async function moment(own: Replays, org: string, id: string, at: number): Promise<Answer> {
  const [about, shown] = [await own.overview(org, id), await own.moment(org, id, at)]
  if (!about || !shown) throw new Error(`The case has no event ${at}.`)
  return {
    text: momentText(about, shown),
    json: { case: about.case, ...shown },
    failed: shown.frame.judged.verdict === 'differs',
  }
}

function momentText({ case: about }: Replay, { frame, entry }: Moment): string {
  const { state, people, judged, policy, erased, lost } = frame
  const told = erased.filter((seq) => !lost.includes(seq))
  const head = [
    `Case ${about.number} right after event ${frame.seq}, ${frame.type}, by ${entry.who.name} at ${frame.at}`,
    `Decision: ${said(judged)}`,
    `Title: ${state.title}`,
    `Stage: ${state.stage}   Severity: ${state.severity ?? 'none'}   Assignee: ${state.assignee?.name ?? 'nobody'}`,
    ...state.actions.map(
      ({ kind, target, phase, approvals, needed }) =>
        `Action: ${kind} on ${target}, ${phase}, ${approvals} of ${needed} approvals`,
    ),
    ...(told.length
      ? [`Erased, their words gone, what they did part of this state: events ${told.join(', ')}`]
      : []),
    ...(lost.length ? [`Lost without a word, so not part of this state: events ${lost.join(', ')}`] : []),
    policy.known ? 'Who could do what:' : 'Who could do what is not known: the policy set was not kept.',
  ]
  const lines = people.map(({ who, roles, alike, offers }) => {
    const could = offers.filter(({ open, code }) => open || code === 'assurance_required')
    const others = alike.length ? ` and ${alike.length} with the same roles` : ''
    return `  ${who.name}${others} (${roles.join(', ')}): ${could.map(({ command, about: on }) => (on ? `${command} ${on}` : command)).join(', ') || 'nothing'}`
  })
  return [...head, ...lines].join('\n')
}
