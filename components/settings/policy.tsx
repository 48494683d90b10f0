import { When } from '../ui/when'
import type { Settings } from './query'

export function Policy({ settings: { policy } }: { settings: Settings }) {
  return (
    <>
      <p className="text-base">
        {policy.policies.length} policies, in force since <When at={policy.activated_at} />. What none of them
        permits is forbidden, and any that forbids wins.
      </p>
      <p className="numeric mt-1 break-all text-ink-3">{policy.bundle}</p>
      <ul className="mt-4 border-t border-rule-strong">
        {policy.policies.map((one) => (
          <li
            key={one.id}
            id={`policy-${one.id}`}
            className="grid gap-x-4 border-b border-rule py-1.5 sm:grid-cols-[16rem_1fr]"
          >
            <span className="numeric">{one.id}</span>
            <span>{one.sentence}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
