'use client'

import type { Missing } from '@/lib/act/refusal'
import { actionWords } from '@/lib/telling/action-words'
import { words } from '@/lib/telling/words'
import { Button, ButtonLink } from '../ui/button'
import { When } from '../ui/when'
import { LABEL } from './command-labels'
import { useCaseDesk, whyNot } from './desk'
import { awaitsReview } from './emergency'
import { Who } from './who'

/** Something missing, by name, as the way to supply it. */
export function MissingItem({ item }: { item: Missing }) {
  const { file, open } = useCaseDesk()
  const waiting = file.actions.filter((one) =>
    [
      'planning',
      'plan-failed',
      'awaiting-approval',
      'approved',
      'started',
      'running',
      'unknown',
      'executed',
    ].includes(one.status),
  )
  if (item.name === 'open-action' || item.command === 'recordVerification') {
    const one =
      waiting.find(
        (each) => item.sentence.includes(each.action.target.name) && item.sentence.includes(each.action.kind),
      ) ?? waiting[0]
    if (one) return <WaitsFor request={one.request} />
  }
  const emergency = item.name === 'break-glass-review' ? file.actions.find(awaitsReview) : undefined
  if (emergency) return <WaitsFor request={emergency.request} />
  const why = whyNot(file.offers, item.command)
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-2">
      <Bullet />
      <span className="min-w-0 flex-1 basis-60 text-base">
        {item.sentence}
        {why ? <span className="block text-sm text-ink-3">{why}</span> : null}
      </span>
      {why ? null : (
        <Button look="primary" onClick={() => open(item.command)}>
          {LABEL[item.command] ?? item.command}
        </Button>
      )}
    </li>
  )
}

function WaitsFor({ request }: { request: string }) {
  const { file } = useCaseDesk()
  const one = file.actions.find((each) => each.request === request)
  if (!one) return null
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-2">
      <Bullet />
      <span className="min-w-0 flex-1 basis-60 text-base">
        To {actionWords(one.action)}: {words(one.status)}.{' '}
        {one.asked.map(({ who, since, as_owner }) => (
          <span key={who.id} className="text-ink-2">
            <Who who={who} className="mr-1 font-medium text-ink" />
            was asked{as_owner ? ' as the owner' : ''} <When at={since} ago />.{' '}
          </span>
        ))}
      </span>
      {one.status === 'awaiting-approval' ? (
        <ButtonLink look="primary" href={`/approvals/${file.id}/${request}`}>
          Open the approval
        </ButtonLink>
      ) : (
        <a className="link" href={`#action-${request}`}>
          See the action
        </a>
      )}
    </li>
  )
}

const Bullet = () => (
  <span aria-hidden="true" className="size-1.5 shrink-0 translate-y-[-0.15rem] rounded-full bg-accent" />
)
