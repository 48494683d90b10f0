import type { CaseFile } from '@/lib/act/view/case'
import { sentence } from '@/lib/telling/sentence'
import { useNames } from '../names'
import { When } from '../ui/when'

/** What others did while the reader was writing: told before it is sent, not after. */
export function News({ file, since, me }: { file: CaseFile; since: number; me: string | null }) {
  const name = useNames()
  const fresh = file.timeline.filter((entry) => entry.seq >= since && entry.who.id !== me)
  if (!fresh.length) return null
  return (
    <div role="status" className="border-l-3 border-l-medium bg-medium-wash px-3 py-2">
      <p className="font-medium">While you were writing</p>
      <ul>
        {fresh.map((entry) => (
          <li key={entry.seq}>
            {entry.who.name} {sentence(entry, name).text} <When at={entry.at} ago className="text-ink-2" />
          </li>
        ))}
      </ul>
    </div>
  )
}
