import { door } from '@/app/_doors/door'
import { maySee } from '@/app/_doors/see'
import { previewOf } from '@/db/erasure/retain'
import { refuse } from '@/lib/act/refusal'
import { retentionInput } from '@/lib/registry/erasure-command'

/** What a retention rule would erase today. Asking erases nothing. */
export const GET = door(async (asked) => {
  const refused = maySee(asked, 'viewHistory', 'registry', 'registry')
  if (refused) return refused
  const list = (name: string) => (asked.url.searchParams.get(name) ?? '').split(',').filter(Boolean)
  const terms = retentionInput.safeParse({
    days: Number(asked.url.searchParams.get('days')),
    what: list('what'),
    except: list('except'),
  })
  if (!terms.success) {
    const [issue] = terms.error.issues
    return refuse('invalid', `"${issue?.path.join('.')}": ${issue?.message}.`, 'Correct it and ask again.')
  }
  return previewOf(asked.doors.sql, asked.actor.org, terms.data)
})
