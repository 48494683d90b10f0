import type { Plan } from '../../action/event'
import type { PlanFailure, Work } from '../connector'
import { problem, scrubber } from '../scrub'
import { passwordIn } from './leaked'
import { tryLogin } from './login'
import { foreignGrantors, isMember, isPlain, lookAt, openSessions, type RoleFacts } from './look'
import { endsSessions, inWords, undoInWords } from './statement'
import { type Target, withConnection } from './target'

/** The dry run: what would change, on what, how it is undone, and what the approver should know. Reads only. */
export async function plan(target: Target, work: Work): Promise<Plan | PlanFailure> {
  const role = work.action.target.account
  try {
    const { facts, sessions } = await withConnection(target, undefined, async (sql) => ({
      facts: await lookAt(sql, role),
      sessions: await openSessions(sql, role),
    }))
    if (!facts) return failure(`There is no role ${role} on the target.`)
    const impossible = whyImpossible(work, facts)
    if (impossible) return failure(impossible)
    const leak = await leakedNow(target, work)
    return {
      changes: changes(work, sessions),
      undo: undoInWords(work.change, role),
      reversible: isReversible(work, facts),
      warnings: [...leak.warnings, ...warnings(work, facts, sessions)],
      facts: { ...leak.facts, ...described(target, facts, sessions) },
    }
  } catch (error) {
    const { code, sentence } = problem(error, scrubber([target.admin]))
    return failure(`The target could not be looked at: ${sentence} (${code})`)
  }
}

/** Whether the undo leads back to what was: a membership is put back plain, without the options that it had. */
function isReversible({ change }: Work, facts: RoleFacts): boolean {
  return change.kind !== 'postgres.revoke-membership' || isPlain(facts, change.params.group)
}

function failure(reason: string): PlanFailure {
  return { failed: true, reason }
}

function whyImpossible({ change, action }: Work, facts: RoleFacts): string | null {
  const role = action.target.account
  if (facts.superuser) return `${role} is a superuser: only another superuser can change it.`
  switch (change.kind) {
    case 'postgres.rotate-password':
      return null
    case 'postgres.disable-login':
      return facts.login ? null : `${role} can't log in already.`
    case 'postgres.enable-login':
      return facts.login ? `${role} can log in already.` : null
    case 'postgres.revoke-membership': {
      if (!isMember(facts, change.params.group)) return `${role} is not in the group ${change.params.group}.`
      const [grantor] = foreignGrantors(facts, change.params.group)
      return grantor
        ? `${role} was put into ${change.params.group} by ${grantor}, and PostgreSQL lets only the grantor take it out. Run the enrolment again.`
        : null
    }
    case 'postgres.grant-membership':
      return isMember(facts, change.params.group)
        ? `${role} is in the group ${change.params.group} already.`
        : null
  }
}

function changes(work: Work, sessions: number): string[] {
  const first = inWords(work.change, work.action.target.account)
  return endsSessions(work.change) ? [first, `Its open sessions are ended (${sessions} now).`] : [first]
}

function warnings(work: Work, facts: RoleFacts, sessions: number): string[] {
  const open = `${sessions} ${sessions === 1 ? 'session' : 'sessions'}`
  return [
    ...(sessions > 0 && endsSessions(work.change)
      ? [`${open} will be cut off: the application must reconnect.`]
      : []),
    ...(sessions > 0 && work.change.kind === 'postgres.rotate-password' && !endsSessions(work.change)
      ? [`${open} opened with the present password stay open.`]
      : []),
    ...(sessions > 0 && work.change.kind === 'postgres.disable-login' && !endsSessions(work.change)
      ? [`${open} stay open.`]
      : []),
    ...(work.change.kind === 'postgres.rotate-password'
      ? ['The application needs the new password before its next connection.']
      : []),
    ...(work.change.kind === 'postgres.revoke-membership' && !isReversible(work, facts)
      ? [
          `It holds ${work.change.params.group} with other options than usual (ADMIN, INHERIT or SET): putting it back does not restore them.`,
        ]
      : []),
    ...(facts.replication ? ['The role may replicate: it can copy the whole server.'] : []),
    ...(facts.bypassrls ? ['The role passes row-level security.'] : []),
    ...(facts.createrole ? ['The role may make and change other roles.'] : []),
    ...(facts.owned > 0 ? [`The role owns ${facts.owned} ${facts.owned === 1 ? 'object' : 'objects'}.`] : []),
  ]
}

function described(target: Target, facts: RoleFacts, sessions: number): Record<string, string> {
  return {
    environment: target.environment,
    'can log in': facts.login ? 'yes' : 'no',
    'open sessions': String(sessions),
    groups: [...new Set(facts.memberships.map(({ group }) => group))].join(', ').slice(0, 500) || 'none',
    'objects owned': String(facts.owned),
  }
}

/** Whether what leaked opens the door right now. */
async function leakedNow(
  target: Target,
  work: Work,
): Promise<{ facts: Record<string, string>; warnings: string[] }> {
  const secrets = await work.leaked().catch(() => null)
  if (secrets === null) return { facts: { 'leaked password': 'could not be opened' }, warnings: [] }
  if (secrets.length === 0) return { facts: {}, warnings: [] }
  const attempts = []
  for (const secret of secrets)
    attempts.push(await tryLogin(target, work.action.target.account, passwordIn(secret)))
  const works = attempts.some(({ result }) => result === 'accepted')
  const unsure = attempts.some(({ result }) => result === 'unknown')
  const answer = works ? 'yes, it works now' : unsure ? 'could not be tried' : 'no, it is refused'
  return {
    facts: { 'leaked password': answer },
    warnings: works ? ['The leaked password works right now.'] : [],
  }
}
