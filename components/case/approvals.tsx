import type { ActionView } from '@/lib/act/view/action'
import { words } from '@/lib/telling/words'
import { cx } from '../ui/class'
import { When } from '../ui/when'
import { Said } from './said'
import { Who } from './who'

/** How a decision was shown to be that person's, the strongest first. */
const METHODS: Readonly<Record<string, string>> = {
  webauthn: 'signed with a passkey',
  'oidc-nonce': 'signed in for it',
  'fresh-sign-in': 'freshly signed in',
  session: 'signed in',
}

/** Who has decided, who has been asked, and what is still missing. */
export function Approvals({ action }: { action: ActionView }) {
  const counted = action.approvals.filter((one) => !one.void && one.decision === 'approve')
  const approvers = counted.filter((one) => !one.as_owner).length
  const owner = counted.some((one) => one.as_owner)
  return (
    <div>
      <p className="mb-1 text-xs text-ink-2">
        Risk <b className="font-semibold text-ink">{action.quorum.tier}</b>: {approvers} of{' '}
        {action.quorum.approvals} {action.quorum.approvals === 1 ? 'approval' : 'approvals'}
        {action.quorum.owner ? `, and the identity’s owner ${owner ? 'agrees' : 'has not answered'}` : ''}.
      </p>
      <ul>
        {action.approvals.map((one) => (
          <li
            key={one.approval}
            className={cx(
              'flex flex-wrap items-baseline gap-x-2 border-t border-rule py-1',
              one.void && 'text-ink-3',
            )}
          >
            <Mark tone={one.void ? 'void' : one.decision} />
            <Who who={one.approver} className={one.void ? 'line-through' : 'font-medium'} />
            <span>
              {one.decision === 'approve' ? 'approved' : 'refused'}
              {one.as_owner ? ' as the owner' : ''}
            </span>
            {one.void ? <span className="text-xs">void: the proposal was amended afterwards</span> : null}
            <span className="ml-auto text-xs text-ink-3">
              {METHODS[one.method] ?? words(one.method)}, <When at={one.at} />
            </span>
            {one.reason ? <Said text={one.reason} className="w-full pl-6 text-ink-2" /> : null}
          </li>
        ))}
        {action.asked.map((one) => (
          <li key={one.who.id} className="flex flex-wrap items-baseline gap-x-2 border-t border-rule py-1">
            <Mark tone="asked" />
            <Who who={one.who} className="font-medium" />
            <span className="text-ink-2">asked{one.as_owner ? ' as the owner' : ''}, no answer yet</span>
            <span className="ml-auto text-xs text-ink-3">
              <When at={one.since} ago />
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Mark({ tone }: { tone: 'approve' | 'refuse' | 'void' | 'asked' }) {
  return (
    <svg
      viewBox="0 0 14 14"
      className="size-3.5 shrink-0 translate-y-0.5"
      aria-hidden="true"
      fill="none"
      strokeWidth="1.7"
    >
      {tone === 'approve' ? <path d="m2 7.5 3.5 3.5L12 3" stroke="var(--ok)" /> : null}
      {tone === 'refuse' ? <path d="m3 3 8 8m0-8-8 8" stroke="var(--critical)" /> : null}
      {tone === 'void' ? <path d="M2 7h10" stroke="var(--ink-3)" /> : null}
      {tone === 'asked' ? (
        <circle cx="7" cy="7" r="4.5" stroke="var(--accent)" strokeDasharray="2.2 1.8" />
      ) : null}
    </svg>
  )
}
