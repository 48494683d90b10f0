import type { Performing } from '../deps'
import { pasted } from './messages'
import { player } from './script'

const DAY = 86_400_000
/** Made last: when its last step is done, all of them are. */
export const LAST_CASE = 'case_sample_backups'

/** Cases in every stage, so that each page has something to show. Each is made by the commands that people would use. */
export async function sampleCases(deps: Performing, now: Date): Promise<void> {
  const stories = [signIns, deployKey, supportBot, statusPage, loginPage, backups]
  for (const story of stories) await story(deps, now)
}

type Finding = {
  id: string
  title: string
  category: string
  severity: string | null
  reporter: string
  name: string
  note?: string
}

function finding({ title, category, severity, name, note }: Finding, snapshot: ReturnType<typeof pasted>) {
  return {
    title,
    category,
    severity,
    snapshot,
    secrets: [],
    reporter_name: name,
    message_key: null,
    note: note ?? null,
  }
}

async function signIns(deps: Performing, now: Date): Promise<void> {
  const play = player(deps, 'sample-sign-ins')
  const id = 'case_sample_signins'
  const thread = pasted(
    '#security-alerts',
    [
      {
        author: 'alertbot',
        flags: ['bot'],
        minutes: 96,
        text: 'payroll-sync: token used from 2 countries within 11 minutes (Sweden, Brazil). 14 calls to /employees/export.',
      },
      {
        author: 'Hugo Brandt',
        minutes: 91,
        text: 'That integration only ever runs from our own network, as far as I know.',
      },
      {
        author: 'Ada Okafor',
        minutes: 88,
        text: 'Putting this on record. Bruno, can you look whether the second address is ours?',
      },
    ],
    now,
  )
  await play(
    'usr_ada',
    'case',
    id,
    'promoteFinding',
    finding(
      {
        id,
        title: 'Payroll token used from two countries at once',
        category: 'suspicious-access',
        severity: 'high',
        reporter: 'usr_ada',
        name: 'Ada Okafor',
      },
      thread,
    ),
  )
  await play('usr_ada', 'case', id, 'linkNhi', {
    nhi: 'nhi_payroll-sync',
    reason: 'The alert names its token',
  })
}

async function deployKey(deps: Performing, now: Date): Promise<void> {
  const play = player(deps, 'sample-deploy-key')
  const id = 'case_sample_deploykey'
  const thread = pasted(
    '#platform',
    [
      {
        author: 'Dev Raman',
        minutes: 1_460,
        text: 'Why did ci-deploy push to main from a laptop address at 02:14? Nobody was on shift.',
      },
      {
        author: 'Ivo Petrov',
        minutes: 1_451,
        text: 'Not me. Its key should only ever be on the build server.',
      },
    ],
    now,
  )
  await play(
    'usr_dev',
    'case',
    id,
    'promoteFinding',
    finding(
      {
        id,
        title: 'Deployment key used from a laptop at night',
        category: 'service-account-abuse',
        severity: 'critical',
        reporter: 'usr_dev',
        name: 'Dev Raman',
      },
      thread,
    ),
  )
  await play('usr_dev', 'case', id, 'addComment', {
    text: 'The push was reverted at 08:40. The key still works.',
  })
  await play('usr_grace', 'case', id, 'linkNhi', {
    nhi: 'nhi_ci-deploy',
    reason: 'The push was signed in with its key',
  })
  await play('usr_bruno', 'case', id, 'confirmCase', {
    criticality: 'tier-0',
    privilege: 'tier-0',
    exposure: 'in-use-by-attacker',
    note: 'The address belongs to a residential provider; no employee lives there. Treat as stolen.',
  })
  await play('usr_bruno', 'case', id, 'assignCase', {
    assignee: 'usr_ada',
    team: 'Security operations',
    due: null,
  })
}

async function supportBot(deps: Performing, now: Date): Promise<void> {
  const play = player(deps, 'sample-support-bot')
  const id = 'case_sample_supportbot'
  const thread = pasted(
    '#support',
    [
      {
        author: 'Hugo Brandt',
        minutes: 2_900,
        text: 'support-bot can open every attachment of every ticket, passports included. It only needs the subject lines.',
      },
    ],
    now,
  )
  await play(
    'usr_hugo',
    'case',
    id,
    'promoteFinding',
    finding(
      {
        id,
        title: 'Support bot can read every attachment',
        category: 'misconfiguration',
        severity: 'medium',
        reporter: 'usr_hugo',
        name: 'Hugo Brandt',
      },
      thread,
    ),
  )
  await play('usr_grace', 'case', id, 'linkNhi', { nhi: 'nhi_support-bot', reason: 'Named in the message' })
  await play('usr_grace', 'case', id, 'confirmCase', {
    criticality: 'moderate',
    privilege: 'high',
    exposure: 'internal',
    note: 'Confirmed in the help desk: its role is "administrator".',
  })
  await play('usr_grace', 'case', id, 'assignCase', { assignee: 'usr_grace', team: null, due: null })
  await play('usr_grace', 'case', id, 'requestException', {
    nhi: 'nhi_support-bot',
    reason:
      'The vendor ships narrower roles next month; until then the bot is watched and its log is read weekly.',
    owner: 'usr_hugo',
    until: new Date(now.getTime() + 40 * DAY).toISOString(),
  })
}

async function statusPage(deps: Performing, now: Date): Promise<void> {
  const play = player(deps, 'sample-status-page')
  const id = 'case_sample_statuspage'
  const thread = pasted(
    '#random',
    [
      {
        author: 'Ivo Petrov',
        minutes: 40,
        text: 'Does anyone still use the status page key? It can publish incidents and I have no idea where it lives.',
      },
    ],
    now,
  )
  await play(
    'usr_ivo',
    'case',
    id,
    'promoteFinding',
    finding(
      {
        id,
        title: 'Nobody knows where the status page key lives',
        category: 'policy-violation',
        severity: null,
        reporter: 'usr_ivo',
        name: 'Ivo Petrov',
      },
      thread,
    ),
  )
}

async function loginPage(deps: Performing, now: Date): Promise<void> {
  const play = player(deps, 'sample-login-page')
  const id = 'case_sample_loginpage'
  const thread = pasted(
    '#random',
    [
      {
        author: 'Hugo Brandt',
        minutes: 300,
        text: 'Is https://login.halden.example/reset ours? It looks odd on my phone.',
      },
    ],
    now,
  )
  await play(
    'usr_hugo',
    'case',
    id,
    'promoteFinding',
    finding(
      {
        id,
        title: 'Is this reset page ours?',
        category: 'question',
        severity: 'informational',
        reporter: 'usr_hugo',
        name: 'Hugo Brandt',
      },
      thread,
    ),
  )
  await play('usr_bruno', 'case', id, 'dismissCase', {
    disposition: 'benign',
    reason: 'It is ours: the new reset page, with a style sheet that phones load late.',
    duplicate_of: null,
  })
}

async function backups(deps: Performing, now: Date): Promise<void> {
  const play = player(deps, 'sample-backups')
  const id = LAST_CASE
  const thread = pasted(
    '#platform',
    [
      {
        author: 'Grace Lim',
        minutes: 75,
        text: 'backup-runner reads every database and has had no owner since Marta left in spring. Third time we notice.',
      },
      { author: 'Dev Raman', minutes: 70, text: 'I can take it if somebody tells me what it does at 04:00.' },
    ],
    now,
  )
  await play(
    'usr_grace',
    'case',
    id,
    'promoteFinding',
    finding(
      {
        id,
        title: 'Backup account without an owner reads every database',
        category: 'recurring-attack-path',
        severity: 'medium',
        reporter: 'usr_grace',
        name: 'Grace Lim',
      },
      thread,
    ),
  )
  await play('usr_grace', 'case', id, 'linkNhi', {
    nhi: 'nhi_backup-runner',
    reason: 'The account in question',
  })
  await play('usr_bruno', 'case', id, 'confirmCase', {
    criticality: 'tier-0',
    privilege: 'high',
    exposure: 'internal',
    note: 'The registry agrees: no owner. It logs in every night.',
  })
  await play('usr_bruno', 'case', id, 'assignCase', { assignee: 'usr_bruno', team: null, due: null })
  await play('usr_bruno', 'case', id, 'raiseTrust', { reason: 'I was in the conversation.' })
}
