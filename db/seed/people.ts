import type { PersonRole } from '@/lib/identity/actor'

export const SAMPLE_ORG = 'org_halden'
export const SAMPLE_NAME = 'Halden Instruments'

export type SamplePerson = {
  readonly id: string
  readonly name: string
  readonly roles: PersonRole[]
  readonly team: string
  readonly about: string
}

/** The people of the sample organisation. Their names and roles never change: tests and the tour rely on them. */
export const PEOPLE: readonly SamplePerson[] = [
  {
    id: 'usr_ada',
    name: 'Ada Okafor',
    roles: ['analyst'],
    team: 'Security operations',
    about: 'On call: triages, takes cases and proposes what to do.',
  },
  {
    id: 'usr_bruno',
    name: 'Bruno Salas',
    roles: ['analyst'],
    team: 'Security operations',
    about: 'Confirms what others promoted, and checks that a fix worked.',
  },
  {
    id: 'usr_grace',
    name: 'Grace Lim',
    roles: ['analyst'],
    team: 'Security operations',
    about: 'Third analyst: an independent pair of eyes.',
  },
  {
    id: 'usr_chiara',
    name: 'Chiara Lind',
    roles: ['approver'],
    team: 'Risk',
    about: 'Says yes or no to one exact change.',
  },
  {
    id: 'usr_dev',
    name: 'Dev Raman',
    roles: ['reporter'],
    team: 'Platform',
    about: 'Owns most service accounts: sees what is open against them.',
  },
  {
    id: 'usr_ivo',
    name: 'Ivo Petrov',
    roles: ['reporter'],
    team: 'Infrastructure',
    about: 'Owns the executor that carries out approved changes.',
  },
  {
    id: 'usr_esther',
    name: 'Esther Nowak',
    roles: ['auditor'],
    team: 'Internal audit',
    about: 'Reads the history, exports it and checks it offline.',
  },
  {
    id: 'usr_farid',
    name: 'Farid Haddad',
    roles: ['admin'],
    team: 'IT',
    about: 'Manages members, identities and connections.',
  },
  {
    id: 'usr_hugo',
    name: 'Hugo Brandt',
    roles: ['reporter'],
    team: 'Orders',
    about: 'A developer who sometimes pastes too much into chat.',
  },
]

export function emailOf({ id }: SamplePerson): string {
  return `${id.slice('usr_'.length)}@halden.example`
}

export function samplePerson(id: string): SamplePerson {
  const person = PEOPLE.find((each) => each.id === id)
  if (!person) throw new Error(`${id} is not one of the sample organisation's people`)
  return person
}
