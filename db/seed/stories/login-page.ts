import type { Performing } from '../../deps'
import { finding } from '../finding'
import { pasted } from '../messages'
import { player } from '../script'

export async function loginPage(deps: Performing, now: Date): Promise<void> {
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
    finding('usr_hugo', thread, {
      title: 'Is this reset page ours?',
      category: 'question',
      severity: 'informational',
    }),
  )
  await play('usr_bruno', 'case', id, 'dismissCase', {
    disposition: 'benign',
    reason: 'It is ours: the new reset page, with a style sheet that phones load late.',
    duplicate_of: null,
  })
}
