import type { CaseThen, Frame, OfferThen, PersonThen } from '@/lib/audit/view'
import { LABEL } from '../case/command-labels'

/** Open; open with a passkey's signature; or closed. */
export type Could = 'yes' | 'signing' | 'no'

export function couldDo(offer: OfferThen | undefined): Could {
  if (offer?.open) return 'yes'
  return offer?.code === 'assurance_required' ? 'signing' : 'no'
}

/** A row of the table: one command, about one action where it is about one. */
export type Row = { key: string; command: string; about: string | null; label: string }

const MORE: Readonly<Record<string, string>> = {
  approveAction: 'Approve the action',
  refuseAction: 'Refuse the action',
  invokeBreakGlass: 'Break the glass',
  reviewBreakGlass: 'Review the emergency',
  amendAction: 'Amend the action',
  withdrawAction: 'Withdraw the action',
  startExecution: 'Let it be carried out',
  settleExecution: 'Settle what became of it',
  requestProbe: 'Ask for a look',
  recordVerification: 'Judge whether it worked',
  grantException: 'Grant the exception',
  refuseException: 'Refuse the exception',
  requestErasure: 'Ask for an erasure',
  agreeErasure: 'Agree to the erasure',
  refuseErasure: 'Refuse the erasure',
  liftHold: 'Lift the legal hold',
}

export function rowsOf({ people, state }: Pick<Frame, 'people' | 'state'>): { open: Row[]; closed: Row[] } {
  const rows = (people[0]?.offers ?? []).map(({ command, about }) => ({
    key: keyOf(command, about),
    command,
    about,
    label: labelOf(command, about, state),
  }))
  const isOpen = (row: Row) => people.some((person) => couldDo(offerOf(person, row)) !== 'no')
  return { open: rows.filter(isOpen), closed: rows.filter((row) => !isOpen(row)) }
}

export function offerOf(person: PersonThen, { key }: Row): OfferThen | undefined {
  return person.offers.find(({ command, about }) => keyOf(command, about) === key)
}

function keyOf(command: string, about: string | null): string {
  return about === null ? command : `${command} ${about}`
}

function labelOf(command: string, about: string | null, { actions }: CaseThen): string {
  const label = LABEL[command] ?? MORE[command] ?? command
  const code = actions.length > 1 ? actions.find(({ request }) => request === about)?.short_code : undefined
  return code ? `${label} ${code}` : label
}
