import { setTimeout as pause } from 'node:timers/promises'
import { NOTHING_WANTED } from '@/lib/act/facts'
import { isRefusal } from '@/lib/act/refusal'
import { statementFor } from '@/lib/act/statement'
import type { Request } from '@/lib/action/action'
import type { Case } from '@/lib/case/case'
import { statementBytes } from '@/lib/record/approval'
import { fromUtf8 } from '@/lib/record/bytes'
import { masked, promote } from '../promotion/promote'
import type { Promoting } from '../promotion/promoting'
import { sampleActor } from './actors'
import { pasted } from './messages'
import { SAMPLE_ORG } from './people'
import { player } from './script'

const PATIENCE_MS = 60_000
const LOOK_MS = 150

/**
 * The sample's closed case, worked for real: the executor rotates the password of `svc_reports` in the sample database,
 * and a probe shows that the old one is dead. Needs the running executor and sequencer. Answers with the case's id.
 */
export async function closedCase(deps: Promoting, leakedPassword: string): Promise<string> {
  const play = player(deps, 'sample-closed')
  const id = await promoted(deps, leakedPassword)
  if ((await look(deps, id)).stage === 'closed') return id
  const act = (who: string, command: string, input: unknown) => play(who, 'case', id, command, input)
  await act('usr_ada', 'raiseTrust', {
    reason: 'I read the build log myself: it is still public to everyone in the company.',
  })
  await act('usr_bruno', 'confirmCase', {
    criticality: 'moderate',
    privilege: 'moderate',
    exposure: 'internal',
    note: 'The password in the log is the one the reports use. It works.',
  })
  await act('usr_bruno', 'assignCase', { assignee: 'usr_ada', team: 'Security operations', due: null })
  await act('usr_ada', 'acceptAssignment', {})
  const purpose = 'Make the leaked password worthless; the reports read the new one from the vault.'
  const { ids } = await act('usr_ada', 'proposeAction', {
    kind: 'postgres.rotate-password',
    params: { end_sessions: true },
    nhi: 'nhi_svc-reports',
    purpose,
  })
  const request = ids.request ?? ''
  const planned = await until(deps, id, request, (each) => each.phase !== 'planning')
  await act('usr_chiara', 'approveAction', {
    request,
    statement: await statement(deps, id, planned),
    dwell_ms: 41_000,
  })
  await act('usr_ada', 'startExecution', { request })
  await until(deps, id, request, (each) => each.result !== null)
  await act('usr_ada', 'advanceCase', { to: 'verify' })
  await act('usr_grace', 'requestProbe', { request })
  const { probe } = await until(deps, id, request, (each) => each.probe !== null)
  await act('usr_grace', 'recordVerification', {
    request,
    outcome: 'passed',
    evidence: [probe?.result_sha256],
    note: 'The old password is refused; last night’s reports ran with the new one.',
  })
  await act('usr_ada', 'closeCase', {
    disposition: 'remediated',
    summary:
      'A build printed the connection string of the reporting account. Its password was rotated within the hour, and the old one no longer works.',
    lessons:
      'The build now masks variables whose names end in _URL. The reporting account still may write, which it does not need.',
  })
  return id
}

async function promoted(deps: Promoting, password: string): Promise<string> {
  const hugo = sampleActor('usr_hugo')
  const said = pasted(
    '#platform',
    [
      {
        author: 'Hugo Brandt',
        minutes: 55,
        text: `The nightly report failed again. From the build log: REPORTS_URL=postgres://svc_reports:${password}@db.halden.example:5432/orders`,
      },
      {
        author: 'Dev Raman',
        minutes: 52,
        text: 'That log is readable by everybody here. Please put it on record.',
      },
    ],
    new Date(),
  )
  const content = await masked(deps, SAMPLE_ORG, { snapshot: said, message_key: 'sample:closed', by: null })
  const saying = {
    title: 'Reporting password printed in a build log',
    category: 'leaked-secret',
    severity: 'high',
    note: null,
  } as const
  const outcome = await promote(deps, hugo, content, saying, 'sample-closed-promotion', hugo.name)
  if (isRefusal(outcome)) throw new Error(`the sample's closed case can't be promoted: ${outcome.sentence}`)
  return outcome.case
}

async function look(deps: Promoting, id: string) {
  const page = await deps.ledger.open(sampleActor('usr_ada'), 'case', id, '', NOTHING_WANTED)
  return { ...(page.state as Case), now: page.now, head: page.head ?? '' }
}

async function until(
  deps: Promoting,
  id: string,
  request: string,
  done: (request: Request) => boolean,
): Promise<Request> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(LOOK_MS)) {
    const found = (await look(deps, id)).requests.find((each) => each.id === request)
    if (found && done(found)) return found
  }
  throw new Error("the sample's executor did not answer within a minute")
}

async function statement(deps: Promoting, id: string, request: Request): Promise<string> {
  const state = await look(deps, id)
  const seen = {
    actor: sampleActor('usr_chiara'),
    state,
    now: state.now,
    origin: deps.origin,
    policies: deps.policies,
  }
  const bytes = statementBytes(statementFor(seen, request, 'approve', deps.newSalt(), state.head))
  await deps.content.keep(SAMPLE_ORG, [bytes], bytes.length)
  return fromUtf8(bytes)
}
