import { expect, test } from 'vitest'
import { KINDS } from '@/lib/act/kinds'
import type { PersonThen } from '@/lib/audit/view'
import { type Row, rowsOf } from './could'

test('every command that somebody could be offered has a name in words', () => {
  const commands = Object.entries(KINDS.case.commands).filter(([, spec]) => spec.doors === 'desk')
  const offers = commands.map(([command]) => ({ command, about: null, open: true, code: null }))
  const { open } = rowsOf({ people: [{ offers } as unknown as PersonThen], state: { actions: [] } as never })
  expect(open.filter(({ label, command }: Row) => label === command)).toEqual([])
})
