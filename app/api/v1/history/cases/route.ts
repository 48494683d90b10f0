import { door } from '@/app/_doors/door'
import { casesBehind } from '@/app/_doors/history-cases'
import { readQuery } from '@/app/_doors/input'
import { maySee } from '@/app/_doors/see'
import { historyFilter, historyInWords } from '@/lib/act/history-filter'
import { isRefusal } from '@/lib/act/refusal'

/** How many cases stand behind a history, before somebody asks for their export. */
export const GET = door(async (asked) => {
  const refused = maySee(asked, 'viewHistory', 'registry', asked.actor.org)
  if (refused) return refused
  const wanted = readQuery(asked.url, historyFilter)
  if (isRefusal(wanted)) return wanted
  const found = await casesBehind(asked, wanted)
  if (isRefusal(found)) return found
  return { cases: found.cases.length, entries: found.entries, words: historyInWords(wanted) }
})
