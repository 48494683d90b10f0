import type { Told } from '../case/event'
import type { Waiting } from '../case/late'
import type { NameOf } from './words'

export const IN_LINE: Readonly<Record<Told['as'], string>> = {
  'backup-owner': 'backup owner',
  team: 'same team',
  admin: 'administrator',
}

/** What waits too long and who was told of it, in a line. */
export function lateWords(one: Waiting, name: NameOf): string {
  return `${what(one, name)}; ${escalation(one.escalated_to, name)}`
}

function what(one: Waiting, name: NameOf): string {
  switch (one.about) {
    case 'case':
      return `Overdue: ${waitsFor(one.waits_for, name)}`
    case 'assignment':
      return `No answer from ${names(one.waits_for, name)}, who was asked to take it`
    case 'approval':
      return `Half of the time for approving is over: ${one.request.action.kind} on ${one.request.action.target.name}`
  }
}

export function waitsFor(people: readonly string[], name: NameOf): string {
  return people.length ? `it waits for ${names(people, name)}` : 'nobody has it'
}

/** `escalated to Grace Lim (backup owner) and Farid Haddad (administrator)` */
export function escalation(told: readonly Told[], name: NameOf): string {
  if (!told.length) return 'there is nobody else to tell'
  const groups = [...new Set(told.map((one) => one.as))].map((as) => {
    const people = told.filter((one) => one.as === as).map(({ person }) => person)
    return `${names(people, name)} (${IN_LINE[as]})`
  })
  return `escalated to ${LIST.format(groups)}`
}

const LIST = new Intl.ListFormat('en-GB')

function names(people: readonly string[], name: NameOf): string {
  return LIST.format(people.map(name))
}
