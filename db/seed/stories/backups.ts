import type { Performing } from '../../deps'
import { finding } from '../finding'
import { pasted } from '../messages'
import { player } from '../script'

/** Made last: when its last step is done, all of the sample's cases are. */
export const LAST_CASE = 'case_sample_backups'

export async function backups(deps: Performing, now: Date): Promise<void> {
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
    finding('usr_grace', thread, {
      title: 'Backup account without an owner reads every database',
      category: 'recurring-attack-path',
      severity: 'medium',
    }),
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
