import type { Plan } from '@/lib/action/event'
import { Said } from './said'

/** The connector's dry run, word for word. */
export function PlanView({ plan }: { plan: Plan }) {
  return (
    <div className="grid gap-2.5">
      <ol className="grid gap-1">
        {plan.changes.map((change, index) => (
          <li key={change} className="grid grid-cols-[1.25rem_1fr]">
            <span className="numeric text-ink-3">{index + 1}</span>
            <Said inline text={change} className="font-mono text-[0.8125rem]" />
          </li>
        ))}
      </ol>
      <p>
        <span className="small-caps mr-2">Undo</span>
        {plan.reversible ? null : <span className="mr-1.5 font-medium text-high">Can’t be undone.</span>}
        <Said inline text={plan.undo} />
      </p>
      {plan.warnings.map((warning) => (
        <p key={warning} className="border-l-3 border-l-medium bg-medium-wash px-2.5 py-1">
          <Said inline text={warning} />
        </p>
      ))}
      <dl className="grid grid-cols-[max-content_1fr] gap-x-4 text-xs">
        {Object.entries(plan.facts).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd>
              <Said inline text={value} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
