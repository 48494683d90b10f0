import type { Performing } from '../../deps'
import { finding } from '../finding'
import { pasted } from '../messages'
import { player } from '../script'

export async function signIns(deps: Performing, now: Date): Promise<void> {
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
    finding('usr_ada', thread, {
      title: 'Payroll token used from two countries at once',
      category: 'suspicious-access',
      severity: 'high',
    }),
  )
  await play('usr_ada', 'case', id, 'linkNhi', {
    nhi: 'nhi_payroll-sync',
    reason: 'The alert names its token',
  })
}
