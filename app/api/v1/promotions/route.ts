import { keyOf } from '@/app/_doors/act'
import { door } from '@/app/_doors/door'
import { readInput } from '@/app/_doors/input'
import { findingOf, typedFinding } from '@/app/_doors/typed-finding'
import { nameOf } from '@/app/_doors/who'
import { masked, promote } from '@/db/promotion/promote'
import { isRefusal } from '@/lib/act/refusal'

/** Puts a pasted message on record. */
export const POST = door(async ({ request, doors, actor }) => {
  const key = keyOf(request)
  if (isRefusal(key)) return key
  const typed = await readInput(request, typedFinding)
  if (isRefusal(typed)) return typed
  const finding = findingOf(typed, doors.settings, new Date())
  if (isRefusal(finding)) return finding
  const { title = null, category = null, severity = null, note = null } = typed
  return promote(
    doors,
    actor,
    await masked(doors, actor.org, finding),
    { title, category, severity, note },
    key,
    nameOf(actor),
  )
}, 201)
