import { NOTHING_WANTED, type Wanted } from '../act/facts'
import { type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import { identify } from './accounts'
import { configureAnchors, orderAnchor, recordAnchor } from './anchors'
import type { RegistryCommand } from './command'
import { connectChat, disconnectChat, registerConnector } from './connections'
import type { RegistryEvent } from './event'
import { add, changeRoles, link, remove, restore, unlink } from './members'
import { enrol, revoke } from './passkeys'
import { exists, type Registry } from './registry'
import { restartLog } from './restart'
import * as retention from './retention'
import { orderRotation, publish, retire } from './rotate-keys'
import { addWitness, removeWitness, setWitnessQuorum } from './witnesses'

type Of<Name extends RegistryCommand['command']> = Extract<RegistryCommand, { command: Name }>['input']

/** What a command about the organisation leads to: events, or why not. Who may ask at all is policy's to say. */
export function decide(state: Registry, given: Given<RegistryCommand>): readonly RegistryEvent[] | Refusal {
  const { command, actor } = given
  if (command.command === 'foundOrganisation') return found(state, command.input)
  if (!exists(state)) return refuse('not_found', 'There is no such organisation.', 'Found it first.')
  switch (command.command) {
    case 'holdOrganisation':
      return retention.holdOrganisation(command.input, given)
    case 'releaseOrganisation':
      return retention.releaseOrganisation(state, command.input, given)
    case 'proposeRetention':
      return retention.proposeRetention(command.input, given)
    case 'agreeRetention':
      return retention.agreeRetention(state, command.input, given)
    case 'refuseRetention':
      return retention.refuseRetention(state, command.input)
    case 'stopRetention':
      return retention.stopRetention(state, command.input)
    case 'addMember':
      return add(state, command.input, given)
    case 'changeRoles':
      return changeRoles(state, command.input, actor)
    case 'removeMember':
      return remove(state, command.input)
    case 'restoreMember':
      return restore(state, command.input, actor)
    case 'linkMember':
      return link(state, command.input, actor)
    case 'unlinkMember':
      return unlink(state, command.input, actor)
    case 'identifyMember':
      return identify(state, command.input)
    case 'activatePolicies':
      return activate(state, command.input)
    case 'publishKeys':
      return publish(state, command.input, given)
    case 'rotateKey':
      return orderRotation(state, command.input, given)
    case 'retireKey':
      return retire(state, command.input, given)
    case 'configureAnchors':
      return configureAnchors(state, command.input)
    case 'orderAnchor':
      return orderAnchor(state, command.input)
    case 'recordAnchor':
      return recordAnchor(state, command.input, given)
    case 'connectChat':
      return connectChat(state, command.input)
    case 'disconnectChat':
      return disconnectChat(state, command.input)
    case 'registerConnector':
      return registerConnector(state, command.input, given)
    case 'enrolPasskey':
      return enrol(state, command.input, given)
    case 'revokePasskey':
      return revoke(state, command.input, given)
    case 'exportRecord':
      return [
        {
          type: 'record.exported',
          data: { ...command.input, format: 'onrecord-bundle/v1' },
        },
      ]
    case 'cancelExport':
      return [{ type: 'export.cancelled', data: command.input }]
    case 'retryExport':
      return [{ type: 'export.retried', data: command.input }]
    case 'fetchExport':
      return [{ type: 'export.fetched', data: command.input }]
    case 'removeExport':
      return [{ type: 'export.removed', data: command.input }]
    case 'restartLog':
      return restartLog(state, command.input)
    case 'addWitness':
      return addWitness(state, command.input, given.origin)
    case 'removeWitness':
      return removeWitness(state, command.input)
    case 'setWitnessQuorum':
      return setWitnessQuorum(state, command.input)
  }
}

/** Which facts of other streams a command needs: the registry holds its people itself. */
export function wanted(command: RegistryCommand): Wanted {
  return command.command === 'registerConnector'
    ? { ...NOTHING_WANTED, nhis: [command.input.executor] }
    : NOTHING_WANTED
}

function found(state: Registry, input: Of<'foundOrganisation'>): RegistryEvent[] | Refusal {
  if (exists(state))
    return refuse('duplicate', `${state.name} is founded already.`, 'Nothing more is needed.', {
      existing: state.id,
    })
  return [{ type: 'organisation.founded', data: input }]
}

function activate(state: Registry, input: Of<'activatePolicies'>): RegistryEvent[] | Refusal {
  if (state.policies?.bundle !== input.bundle) return [{ type: 'policy.activated', data: input }]
  return refuse('duplicate', 'This policy set is in force.', 'Nothing more is needed.')
}
