import type { Performing } from '../../deps'
import { finding } from '../finding'
import { pasted } from '../messages'
import { player } from '../script'

const DAY = 86_400_000

export async function supportBot(deps: Performing, now: Date): Promise<void> {
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
    finding('usr_hugo', thread, {
      title: 'Support bot can read every attachment',
      category: 'misconfiguration',
      severity: 'medium',
    }),
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
