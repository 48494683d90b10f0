import { askNow, witnessToAsk } from '@/app/_doors/ask-witness'
import { door } from '@/app/_doors/door'
import { readInput } from '@/app/_doors/input'
import { maySee } from '@/app/_doors/see'
import { isRefusal } from '@/lib/act/refusal'

/** Asks a witness now, and says what it answered. */
export const POST = door(async (asked) => {
  const refused = maySee(asked, 'viewSettings', 'registry', 'registry')
  if (refused) return refused
  const input = await readInput(asked.request, witnessToAsk)
  return isRefusal(input) ? input : askNow(asked, input)
})
