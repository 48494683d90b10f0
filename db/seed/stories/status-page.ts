import type { Performing } from '../../deps'
import { finding } from '../finding'
import { pasted } from '../messages'
import { player } from '../script'

export async function statusPage(deps: Performing, now: Date): Promise<void> {
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
    finding('usr_ivo', thread, {
      title: 'Nobody knows where the status page key lives',
      category: 'policy-violation',
      severity: null,
    }),
  )
}
