import { type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import type { RegistryCommand } from './command'
import type { RegistryEvent } from './event'
import { memberOf, type Registry } from './registry'

type Of<Name extends RegistryCommand['command']> = Extract<RegistryCommand, { command: Name }>['input']

export function connectChat(state: Registry, input: Of<'connectChat'>): RegistryEvent[] | Refusal {
  const chat = state.chats.find(({ team }) => team === input.team)
  if (chat && chat.bot_user === input.bot_user && chat.team_name === input.team_name) {
    return refuse('duplicate', `${chat.team_name} is connected already.`, 'Nothing more is needed.')
  }
  return [{ type: 'chat.connected', data: input }]
}

export function disconnectChat(state: Registry, input: Of<'disconnectChat'>): RegistryEvent[] | Refusal {
  if (state.chats.some(({ team }) => team === input.team)) return [{ type: 'chat.disconnected', data: input }]
  return refuse('not_found', 'This workspace is not connected.', 'Reload the settings.', { field: 'team' })
}

/** A connector acts through one executor that somebody answers for, in one environment; a changed definition is registered anew. */
export function registerConnector(
  state: Registry,
  input: Of<'registerConnector'>,
  given: Given<RegistryCommand>,
): RegistryEvent[] | Refusal {
  const executor = given.facts.nhis[input.executor]
  const no = (sentence: string, remedy: string) => refuse('gate', sentence, remedy, { field: 'executor' })
  if (!executor)
    return refuse('not_found', 'There is no such executor.', 'Register it first.', { field: 'executor' })
  if (executor.kind !== 'executor') return no(`${executor.name} is not an executor.`, 'Choose one that is.')
  if (executor.disabled) return no(`${executor.name} is disabled.`, 'Let it act again first.')
  if (executor.owner === null || !memberOf(state, executor.owner)?.active) {
    return no(`${executor.name} has no active owner.`, 'Give it one first.')
  }
  if (executor.environment !== input.environment) {
    return no(
      `${executor.name} belongs to ${executor.environment}, not to ${input.environment}.`,
      'Use one identity for each environment.',
    )
  }
  const same = state.connectors.find(({ connector }) => connector === input.connector)
  if (same && Object.entries(input).every(([field, value]) => same[field as keyof typeof same] === value)) {
    return refuse('duplicate', 'This connector is registered already.', 'Nothing more is needed.')
  }
  const rival = state.connectors.find(
    ({ connector, system, environment }) =>
      connector !== input.connector && system === input.system && environment === input.environment,
  )
  if (!rival) return [{ type: 'connector.registered', data: input }]
  return refuse(
    'conflict',
    `${rival.connector} reaches ${input.system} in ${input.environment} already.`,
    'Register that one anew instead.',
  )
}
