import Link from 'next/link'
import type { CaseFile } from '@/lib/act/view/case'
import { sentence } from '@/lib/telling/sentence'
import { Said } from '../case/said'
import { TrustMark } from '../case/trust'
import { Who } from '../case/who'
import { useNames } from '../names'

/** What the case holds: who confirmed it and on what, by which policy it was asked for, and the evidence. */
export function Proof({ file, request }: { file: CaseFile; request: string }) {
  const name = useNames()
  const confirmed = file.timeline.findLast((entry) => entry.type === 'case.confirmed')
  const asked = file.timeline.findLast(
    (entry) => entry.type.startsWith('action.') && entry.data.request === request && 'action' in entry.data,
  )
  const said = confirmed ? sentence(confirmed, name) : null
  return (
    <div className="mt-2 grid gap-1.5">
      {confirmed && said ? (
        <div className="border-l-2 border-rule-strong pl-3">
          <p>
            <Who who={confirmed.who} className="font-medium" /> {said.text}
          </p>
          {said.quote ? <Said text={said.quote} className="text-ink-2" /> : null}
        </div>
      ) : null}
      {asked ? (
        <p>
          Policy lets {asked.who.name} ask for it: <span className="numeric">{asked.policy.rule}</span>
        </p>
      ) : null}
      <ul className="flex flex-wrap gap-x-5 gap-y-1">
        {file.evidence
          .filter((one) => one.downloadable)
          .map((one) => (
            <li key={one.sha256} className="inline-flex items-center gap-1.5">
              <TrustMark trust={one.trust} named={false} />
              <Link href={`/cases/${file.id}#evidence-${one.sha256}`} className="link">
                {one.name}
              </Link>
            </li>
          ))}
      </ul>
    </div>
  )
}
