import Link from 'next/link'
import type { ReactNode } from 'react'
import type { ActionView } from '@/lib/act/view/action'
import { Said } from '../case/said'
import { Who } from '../case/who'
import { cx } from '../ui/class'
import { When } from '../ui/when'

const ASSURANCE: Record<ActionView['quorum']['assurance'], string> = {
  session: 'by people who are signed in',
  fresh: 'by people who signed in within the last 15 minutes',
  vouched: 'each signed with a passkey, or by signing in for exactly this',
  passkey: 'each signed with a passkey',
}

/** What this tier of risk asks for. */
function asks({ approvals, owner, assurance }: ActionView['quorum']): string {
  const count = approvals === 1 ? 'one approval' : `${approvals} approvals`
  return `asks for ${count}${owner ? ' and the owner’s' : ''}, ${ASSURANCE[assurance]}`
}

/** The exact change: nothing more and nothing less is approved. */
export function Change({ action }: { action: ActionView }) {
  const { target } = action.action
  const params = Object.entries(action.action.params)
  const grave = action.quorum.tier === 'high' || action.quorum.tier === 'critical'
  return (
    <section aria-label="The exact change" className="mt-4 border border-rule-strong bg-sheet">
      <p className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1.5 border-b border-rule px-4 py-2.5">
        <code className="font-mono text-base font-semibold">{action.action.kind}</code>
        <span className="sm:text-right">
          <span className="small-caps block">Short code</span>
          <span className="font-mono text-lg font-semibold tracking-wide">{action.short_code}</span>
        </span>
      </p>
      <dl className="grid grid-cols-[max-content_1fr] gap-x-5 gap-y-1.5 px-4 py-3">
        <Row name="On">
          <Link href={`/identities/${target.nhi}`} className="link font-semibold">
            {target.name}
          </Link>{' '}
          <span className="font-mono text-[0.8125rem]">{target.account}</span>,{' '}
          <b className={cx('font-semibold', target.environment === 'production' && 'text-high')}>
            {target.environment}
          </b>
        </Row>
        <Row name="With">
          {params.length ? (
            params.map(([name, value]) => (
              <span key={name} className="mr-3 font-mono text-[0.8125rem]">
                {name} = <Said inline text={String(value)} />
              </span>
            ))
          ) : (
            <span className="text-ink-2">no parameters</span>
          )}
        </Row>
        <Row name="Risk">
          <b className={cx('font-semibold', grave && 'text-high')}>{action.quorum.tier}</b>{' '}
          <span className="text-ink-2">{asks(action.quorum)}</span>
        </Row>
        <Row name="Owner">
          {action.target_owner ? (
            <Who who={action.target_owner} className="font-medium" />
          ) : (
            <span className="text-critical">nobody owns this identity</span>
          )}
        </Row>
        <Row name="Asked by">
          <Who who={action.requester} className="font-medium" />{' '}
          <When at={action.requested_at} ago className="text-ink-2" />
        </Row>
        <Row name="Run by">
          <Who who={action.executor} className="font-medium" />{' '}
          <span className="text-ink-2">
            owned by <Who who={action.executor_owner} />
          </span>
        </Row>
        <Row name="When">
          once, not before <When at={action.action.not_before} />; the request ends{' '}
          <When at={action.expires_at} ago className="font-medium" />
        </Row>
        <Row name="Through">
          <span className="font-mono text-[0.8125rem] break-all">{action.action.connector}</span>
        </Row>
      </dl>
    </section>
  )
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  )
}
