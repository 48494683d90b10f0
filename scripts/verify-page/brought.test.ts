import { expect, it } from 'vitest'
import { vectorText } from '../../lib/record/vectors.test-support'
import { kindOf, notes } from './brought'

const policy = vectorText('sample-bag/data/log/policy')
const checkpoint = vectorText('sample-bag/data/anchors/280.checkpoint')
const head = vectorText('sample-bag/data/log/checkpoint')

it('tells what a file is by what it says', () => {
  expect(kindOf(policy)).toBe('policy')
  expect(kindOf(checkpoint)).toBe('checkpoints')
  expect(kindOf(`${head}\n${checkpoint}`)).toBe('checkpoints')
  expect(
    kindOf('onrecord.example namespaces="onrecord-bundle@v1" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA'),
  ).toBe('allowedSigners')
  expect(kindOf('Dear auditor, the password is hunter2')).toBeNull()
})

it('takes several checkpoints that were pasted one after the other, however they are spaced', () => {
  expect(notes(head + checkpoint)).toEqual([head, checkpoint])
  expect(notes(`\n\n${head}\n\n\n${checkpoint}\n`)).toEqual([head, checkpoint])
  expect(notes(head.replaceAll('\n', '\r\n'))).toEqual([head])
  expect(notes(' \n')).toEqual([])
})
