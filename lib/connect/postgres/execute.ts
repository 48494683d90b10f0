import type { Sql } from 'postgres'
import type { Authority, Effect, Work } from '../connector'
import { problem, scrubber } from '../scrub'
import { openSessions } from './look'
import { find, marking, settle } from './markers'
import { quoteText } from './names'
import { newPassword, scramVerifier } from './scram'
import type { Sink } from './sink'
import { endsSessions, statement } from './statement'
import { atOnce, type Target, withConnection } from './target'
import { dropExpired, lendRole, takeBack } from './temporary-role'

/**
 * Lends a role to the warrant, makes the change with it in one transaction together with its marker, and takes the role back. Whatever goes wrong,
 * what is reported is what the target says afterwards, not what we believe.
 */
export async function execute(target: Target, sink: Sink, work: Work, authority: Authority): Promise<Effect> {
  const { jti } = authority
  const scrub = scrubber([target.admin])
  try {
    await withConnection(target, undefined, async (admin) => {
      await dropExpired(admin)
      const login = await lendRole(admin, work, authority)
      try {
        await withConnection(target, login, (sql) => change(sql, sink, work, jti))
      } finally {
        await takeBack(admin, jti)
      }
    })
    return await reconcile(target, sink, work, jti)
  } catch (error) {
    return reconcile(target, sink, work, jti, problem(error, scrub))
  }
}

async function change(sql: Sql, sink: Sink, work: Work, jti: string): Promise<void> {
  const role = work.action.target.account
  const verifier = work.change.kind === 'postgres.rotate-password' ? await newVerifier(sink, role, jti) : null
  await atOnce(sql, [marking(work, jti, 'change'), statement(work.change, role, verifier)])
  if (!endsSessions(work.change)) return
  // After the commit: a session that is ended before it could come back with the old password.
  await atOnce(sql, [`select onrecord.end_sessions(${quoteText(role)})`, marking(work, jti, 'sessions')])
}

async function newVerifier(sink: Sink, role: string, jti: string): Promise<string> {
  const password = newPassword()
  await sink.keep(role, jti, password)
  return scramVerifier(password)
}

type Trouble = { readonly code: string; readonly sentence: string }

/** How it ended, by looking. Where it had not been applied, it never can be afterwards. */
export async function reconcile(
  target: Target,
  sink: Sink,
  work: Work,
  jti: string,
  trouble?: Trouble,
): Promise<Effect> {
  const role = work.action.target.account
  try {
    return await withConnection(target, undefined, async (sql) => {
      const marker = await settle(sql, work, jti)
      await takeBack(sql, jti)
      if (marker.outcome === 'applied') return await applied(sql, sink, work, jti, marker.at, trouble)
      await sink.discard(role, jti)
      return failed(trouble)
    })
  } catch (error) {
    return unknown(problem(error, scrubber([target.admin])), trouble)
  }
}

async function applied(
  sql: Sql,
  sink: Sink,
  work: Work,
  jti: string,
  at: string,
  trouble?: Trouble,
): Promise<Effect> {
  const role = work.action.target.account
  const secret = work.change.kind === 'postgres.rotate-password' ? await sink.release(role, jti) : null
  const result = {
    applied_at: at,
    account: role,
    kind: work.change.kind,
    ...(secret && { secret_file: secret }),
    ...(trouble && { trouble: trouble.code }),
  }
  const handedOver = secret ? ` The new password is in the executor's folder, in ${secret}.` : ''
  if (!endsSessions(work.change))
    return { outcome: 'succeeded', summary: `${done(work)}${handedOver}`, result }
  if (await find(sql, jti, 'sessions'))
    return {
      outcome: 'succeeded',
      summary: `${done(work)} Its open sessions were ended.${handedOver}`,
      result: { ...result, sessions: 'ended' },
    }
  return interrupted(sql, work, at, { summary: `${done(work)}${handedOver}`, result })
}

/** The change is committed, ending the sessions isn't confirmed: those that began before it, with time for the commit, are counted. */
async function interrupted(sql: Sql, work: Work, at: string, so: Omit<Effect, 'outcome'>): Promise<Effect> {
  const horizon = new Date(Date.parse(at) + 15_000).toISOString()
  const left = await openSessions(sql, work.action.target.account, horizon)
  const result = { ...so.result, sessions_left: left }
  if (left === 0)
    return { outcome: 'succeeded', summary: `${so.summary} No session from before it is open.`, result }
  const summary = `${so.summary} Ending the open sessions was interrupted: ${left} from about that time ${left === 1 ? 'is' : 'are'} still open.`
  return { outcome: 'unknown', summary, result }
}

function done(work: Work): string {
  const role = work.action.target.account
  switch (work.change.kind) {
    case 'postgres.rotate-password':
      return `The password of ${role} was replaced.`
    case 'postgres.disable-login':
      return `${role} can no longer log in.`
    case 'postgres.enable-login':
      return `${role} can log in again.`
    case 'postgres.revoke-membership':
      return `${role} was taken out of ${work.change.params.group}.`
    case 'postgres.grant-membership':
      return `${role} was put into ${work.change.params.group}.`
  }
}

function failed(trouble?: Trouble): Effect {
  const why = trouble
    ? `${trouble.sentence} (${trouble.code})`
    : 'The executor was interrupted before the change.'
  return {
    outcome: 'failed',
    summary: `Nothing was changed: ${why}`,
    result: { trouble: trouble?.code ?? 'interrupted' },
  }
}

function unknown(now: Trouble, before?: Trouble): Effect {
  const first = before ?? now
  return {
    outcome: 'unknown',
    summary: `The target does not say whether the change was made: ${first.sentence} (${first.code}). Probe it before anything else.`,
    result: { trouble: first.code, looking: now.code },
  }
}
