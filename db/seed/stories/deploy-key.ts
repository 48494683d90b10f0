import type { Performing } from '../../deps'
import { finding } from '../finding'
import { pasted } from '../messages'
import { player } from '../script'

export async function deployKey(deps: Performing, now: Date): Promise<void> {
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
    finding('usr_dev', thread, {
      title: 'Deployment key used from a laptop at night',
      category: 'service-account-abuse',
      severity: 'critical',
    }),
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
