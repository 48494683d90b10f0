import type { Case } from '../case/case'
import { type CaseCommand, caseCommands } from '../case/command'
import type { CaseEvent } from '../case/event'
import { caseStream, caseWants } from '../case/stream'
import { type NhiCommand, nhiCommands } from '../nhi/command'
import type { NhiEvent } from '../nhi/event'
import type { Nhi } from '../nhi/nhi'
import { nhiStream } from '../nhi/stream'
import { wanted as nhiWants } from '../nhi/wanted'
import type { Question } from '../policy/question'
import { type RegistryCommand, registryCommands } from '../registry/command'
import { wanted as registryWants } from '../registry/decide'
import type { RegistryEvent } from '../registry/event'
import type { Registry } from '../registry/registry'
import { registryStream } from '../registry/stream'
import type { Facts, Wanted } from './facts'
import type { CommandTable, StreamKind } from './spec'
import type { Stream } from './stream'
import { aboutCase, aboutNhi, aboutRegistry } from './subject'

/** A kind of stream with all that `perform` needs of it. The types meet inside: outside, commands and states are opaque. */
export type Kind = {
  readonly commands: CommandTable
  readonly stream: Stream<unknown, { command: string; input: unknown }, { type: string; data: unknown }>
  readonly wants: (command: { command: string; input: unknown }) => Wanted
  readonly subject: (
    state: unknown,
    id: string,
    org: string,
    command: { command: string; input: unknown },
    facts: Facts,
  ) => Subject
}

export type Subject = {
  readonly resource: Question['resource']
  readonly request?: NonNullable<Question['context']['request']>
  readonly proposer?: string
  readonly passkey?: NonNullable<Question['context']['passkey']>
}

type Typed<State, Command, Event> = {
  commands: CommandTable
  stream: Stream<State, Command, Event>
  wants: (command: Command) => Wanted
  subject: (state: State, id: string, org: string, command: Command, facts: Facts) => Subject
}

/** The table's own parser has checked the command, and only this kind's events reach its fold. */
function kind<State, Command, Event>(typed: Typed<State, Command, Event>): Kind {
  return typed as unknown as Kind
}

export const KINDS: Readonly<Record<StreamKind, Kind>> = {
  case: kind<Case, CaseCommand, CaseEvent>({
    commands: caseCommands,
    stream: caseStream,
    wants: caseWants,
    subject: aboutCase,
  }),
  nhi: kind<Nhi, NhiCommand, NhiEvent>({
    commands: nhiCommands,
    stream: nhiStream,
    wants: nhiWants,
    subject: aboutNhi,
  }),
  registry: kind<Registry, RegistryCommand, RegistryEvent>({
    commands: registryCommands,
    stream: registryStream,
    wants: registryWants,
    subject: aboutRegistry,
  }),
}
