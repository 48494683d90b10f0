import type { Facts, Observation, Work } from '../connector'
import { problem, scrubber } from '../scrub'
import { passwordIn } from './leaked'
import { type LoginAttempt, tryLogin } from './login'
import { isMember, lookAt, openSessions, type RoleFacts } from './look'
import { lastApplied } from './markers'
import type { Sink } from './sink'
import { type Target, withConnection } from './target'

type Seen = {
  readonly facts: RoleFacts | null
  readonly applied: { jti: string; at: string } | null
  readonly sessions: number
}

/** Looks whether the change has its effect: from outside, by trying what must no longer work. Changes nothing. */
export async function probe(target: Target, sink: Sink, work: Work): Promise<Observation> {
  const role = work.action.target.account
  try {
    const seen = await withConnection(target, undefined, async (sql) => ({
      facts: await lookAt(sql, role),
      applied: await lastApplied(sql, work.digest),
      sessions: await openSessions(sql, role),
    }))
    return await judge(target, sink, work, seen)
  } catch (error) {
    const { code, sentence } = problem(error, scrubber([target.admin]))
    return observed('unknown', `The probe came to no end: ${sentence} (${code})`, { trouble: code })
  }
}

async function judge(target: Target, sink: Sink, work: Work, seen: Seen): Promise<Observation> {
  const { change, action } = work
  const role = action.target.account
  const result = { account: role, applied_at: seen.applied?.at ?? null, open_sessions: seen.sessions }
  const { facts } = seen
  if (!facts) return observed('unknown', `There is no role ${role} on the target.`, result)
  switch (change.kind) {
    case 'postgres.rotate-password':
      return rotated(target, sink, work, seen)
    case 'postgres.disable-login':
      return disabled(target, work, facts, result)
    case 'postgres.enable-login':
      return facts.login
        ? observed('effective', `${role} can log in.`, result)
        : observed('not-effective', `${role} still can't log in.`, result)
    case 'postgres.revoke-membership':
      return isMember(facts, change.params.group)
        ? observed('not-effective', `${role} is still in the group ${change.params.group}.`, result)
        : observed('effective', `${role} is not in the group ${change.params.group}.`, result)
    case 'postgres.grant-membership':
      return isMember(facts, change.params.group)
        ? observed('effective', `${role} is in the group ${change.params.group}.`, result)
        : observed('not-effective', `${role} is not in the group ${change.params.group}.`, result)
  }
}

async function rotated(
  target: Target,
  sink: Sink,
  work: Work,
  { applied, sessions }: Seen,
): Promise<Observation> {
  const role = work.action.target.account
  const leaked = await attempts(target, work)
  const fresh = applied && (await freshPassword(target, sink, role, applied.jti))
  const result = {
    account: role,
    applied_at: applied?.at ?? null,
    open_sessions: sessions,
    leaked_tried: leaked.map(({ code }) => code),
    new_password: fresh ?? 'not tried',
  }
  if (leaked.some((attempt) => attempt.result === 'accepted'))
    return observed('not-effective', `The leaked password of ${role} still opens a session.`, result)
  if (!applied) return observed('not-effective', `The target holds no mark of this rotation.`, result)
  if (leaked.some((attempt) => attempt.result === 'unknown'))
    return observed('unknown', `The leaked password of ${role} could not be tried.`, result)
  if (leaked.length > 0)
    return observed(
      'effective',
      `The leaked password of ${role} is refused (SQLSTATE ${codes(leaked)}). Rotated at ${applied.at}.`,
      result,
    )
  return fresh === 'accepted'
    ? observed(
        'effective',
        `The new password of ${role} works. Rotated at ${applied.at}. No leaked password was there to try.`,
        result,
      )
    : observed(
        'unknown',
        `${role} was rotated at ${applied.at}, but there is neither a leaked nor a new password to try.`,
        result,
      )
}

async function freshPassword(target: Target, sink: Sink, role: string, jti: string): Promise<string | null> {
  const password = await sink.peek(role, jti)
  return password === null ? null : (await tryLogin(target, role, password)).result
}

async function disabled(target: Target, work: Work, facts: RoleFacts, result: Facts): Promise<Observation> {
  const role = work.action.target.account
  if (facts.login) return observed('not-effective', `${role} may still log in.`, result)
  const leaked = await attempts(target, work)
  const tried = { ...result, leaked_tried: leaked.map(({ code }) => code) }
  if (leaked.some((attempt) => attempt.result === 'accepted'))
    return observed('not-effective', `The leaked password of ${role} still opens a session.`, tried)
  const refused = leaked.some((attempt) => attempt.result === 'refused')
  return observed(
    'effective',
    `${role} may not log in.${refused ? ` Trying was refused (SQLSTATE ${codes(leaked)}).` : ''}`,
    tried,
  )
}

async function attempts(target: Target, work: Work): Promise<LoginAttempt[]> {
  const all = []
  for (const secret of await work.leaked())
    all.push(await tryLogin(target, work.action.target.account, passwordIn(secret)))
  return all
}

function codes(all: readonly LoginAttempt[]): string {
  return [...new Set(all.map(({ code }) => code))].join(', ')
}

function observed(outcome: Observation['outcome'], summary: string, result: Facts): Observation {
  return { outcome, summary, result }
}
