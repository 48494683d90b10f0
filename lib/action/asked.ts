import { type Request, standing } from './action'

export type Asked = { person: string; as_owner: boolean }

/**
 * Who can still give what is missing of an approval, owners first; the requester and the executor's owner are never among them.
 * `approvers` are the members with that role, `backup` the target's backup owner.
 */
export function askedOf(request: Request, approvers: readonly string[], backup: string | null): Asked[] {
  if (request.phase !== 'awaiting-approval') return []
  const given = standing(request)
  const barred = [
    request.requester_accountable,
    request.executor_owner,
    ...given.map((approval) => approval.approver),
  ]
  const owners = ownerWaits(request)
    ? [request.target_owner, backup].filter((id) => id !== null).filter((id) => !barred.includes(id))
    : []
  const others = approvers.filter((id) => !barred.includes(id) && !owners.includes(id))
  return [
    ...owners.map((person) => ({ person, as_owner: true })),
    ...others.map((person) => ({ person, as_owner: false })),
  ]
}

export function ownerWaits(request: Request): boolean {
  return request.quorum.owner && !standing(request).some((approval) => approval.as_owner)
}

/** Whether approvals other than the owner's are still missing. */
export function othersWait(request: Request): boolean {
  const others = standing(request).filter((approval) => !approval.as_owner)
  return others.length < request.quorum.approvals
}
