import type { Colleague, Facts } from '../act/facts'
import type { Request } from '../action/action'
import { askedOf, othersWait, ownerWaits } from '../action/asked'
import type { Case } from './case'
import type { Told } from './event'

/** Who is told next when a case waits too long: the other analysts of its team, or else the administrators. */
export function inLineForCase({ team, assignee }: Case, { colleagues = [] }: Facts): Told[] {
  const its = team ?? colleagues.find(({ id }) => id === assignee)?.team ?? null
  const others = colleagues.filter(({ id }) => id !== assignee)
  const mates = others.filter((each) => its !== null && each.team === its && each.roles.includes('analyst'))
  return mates.length ? mates.map(as('team')) : admins(others)
}

/** Who was asked for an approval and can still give it, and who is told next: the owner's stand-in for the owner, administrators for approvers. */
export function inLineForApproval(request: Request, { colleagues = [], nhis }: Facts) {
  const backup = nhis[request.action.target.nhi]?.backup_owner ?? null
  const approvers = colleagues.filter(({ roles }) => roles.includes('approver')).map(({ id }) => id)
  const asked = askedOf(request, approvers, backup)
  const stands = asked.some(({ person, as_owner }) => as_owner && person === backup)
  const standIn = ownerWaits(request) && stands ? colleagues.filter(({ id }) => id === backup) : []
  const rest = othersWait(request) || standIn.length === 0 ? admins(colleagues) : []
  const escalated_to = [...standIn.map(as('backup-owner')), ...rest]
  return { waits_for: asked.map(({ person }) => person), escalated_to: once(escalated_to) }
}

function admins(colleagues: readonly Colleague[]): Told[] {
  return colleagues.filter(({ roles }) => roles.includes('admin')).map(as('admin'))
}

const as =
  (role: Told['as']) =>
  ({ id }: Colleague): Told => ({ person: id, as: role })

function once(told: readonly Told[]): Told[] {
  return told.filter(({ person }, index) => told.findIndex((each) => each.person === person) === index)
}
