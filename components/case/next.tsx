'use client'

import Link from 'next/link'
import { type ComponentProps, useState } from 'react'
import type { Missing } from '@/lib/act/refusal'
import type { CaseFile } from '@/lib/act/view'
import { useShortcut } from '../keyboard'
import { Button, ButtonLink } from '../ui/button'
import { Menu } from '../ui/menu'
import { When } from '../ui/when'
import { actionWords } from './action-words'
import { useCaseDesk, whyNot } from './desk'
import { after, caseForms } from './forms'
import { Said } from './said'
import { words } from './stage'
import { Who } from './who'

/** What one would do in each stage; the rest is in the menu. */
const FIRST: Record<CaseFile['stage'], string[]> = {
  identify: ['linkNhi', 'declareNoNhi', 'setSeverity', 'dismissCase'],
  confirm: ['confirmCase', 'dismissCase'],
  assign: ['acceptAssignment', 'declineAssignment', 'assignCase'],
  act: ['proposeAction', 'requestException', 'proposeNoAction'],
  verify: ['closeCase', 'returnCase'],
  closed: ['reopenCase'],
}
const LABEL: Record<string, string> = {
  linkNhi: 'Link an identity',
  unlinkNhi: 'Unlink an identity',
  declareNoNhi: 'No identity involved',
  setSeverity: 'Set severity',
  dismissCase: 'Dismiss',
  confirmCase: 'Confirm',
  acceptAssignment: 'Accept',
  declineAssignment: 'Decline',
  assignCase: 'Assign',
  proposeAction: 'Propose a change',
  requestException: 'Ask for an exception',
  proposeNoAction: 'No action needed',
  agreeNoAction: 'Agree: no action needed',
  advanceCase: 'Move on',
  closeCase: 'Close the case',
  returnCase: 'Go back a stage',
  reopenCase: 'Reopen',
  raiseTrust: 'Vouch for the message',
  retitleCase: 'Change the title',
  addComment: 'Comment',
  attachEvidence: 'Attach evidence',
  exportCase: 'Export',
}

/** What happens next, before anything else on the page. */
export function Next() {
  const { file } = useCaseDesk()
  const gate = file.gates.find((one) => one.stage === file.stage)
  const missing = gate?.missing ?? []
  return (
    <section
      id="next"
      aria-labelledby="next-title"
      className="mt-5 scroll-mt-32 border border-rule-strong bg-sheet px-4 py-3.5 sm:px-5"
    >
      <h2 id="next-title" className="small-caps mb-2">
        What happens next
      </h2>
      {file.stage === 'closed' ? <Closed file={file} /> : null}
      {missing.length ? (
        <ul className="grid gap-2">
          {missing.map((item) => (
            <MissingItem key={item.name + item.sentence} item={item} />
          ))}
        </ul>
      ) : null}
      {file.stage !== 'closed' && !missing.length ? (
        <p className="text-base">Nothing is missing: the case can move on to {after(file.stage)}.</p>
      ) : null}
      <Commands />
    </section>
  )
}

/** Something missing, by name, as the way to supply it. */
function MissingItem({ item }: { item: Missing }) {
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

function Commands() {
  const { file, open } = useCaseDesk()
  const [menu, setMenu] = useState(false)
  useShortcut('.', 'Everything one can do here', () => setMenu(true), 'Case')
  const waits = file.gates.find((one) => one.stage === file.stage)?.missing ?? []
  const first = FIRST[file.stage].filter(
    (command) => !waits.some((item) => item.command === command && whyNot(file.offers, command) === null),
  )
  const moves =
    file.stage !== 'closed' && file.stage !== 'verify' && waits.length === 0 ? ['advanceCase'] : []
  const extra = whyNot(file.offers, 'agreeNoAction') === null ? ['agreeNoAction'] : []
  const vouch = whyNot(file.offers, 'raiseTrust') === null ? ['raiseTrust'] : []
  const shown = [...moves, ...extra, ...vouch, ...first]
  const rest = Object.keys(LABEL).filter(
    (command) =>
      !shown.includes(command) &&
      (caseForms[command] || command === 'exportCase' || command === 'attachEvidence'),
  )
  return (
    <div className="mt-3.5 flex flex-wrap gap-2 border-t border-rule pt-3">
      {shown.map((command) => (
        <Button
          key={command}
          look={command === 'advanceCase' || (command === 'closeCase' && !waits.length) ? 'primary' : 'plain'}
          why={whyNot(file.offers, command)}
          onClick={() => open(command)}
        >
          {command === 'advanceCase' ? `Move on to ${after(file.stage)}` : LABEL[command]}
        </Button>
      ))}
      <Menu
        label="Everything one can do here"
        open={menu}
        onOpenChange={setMenu}
        trigger={<MoreButton />}
        items={rest.map((command) => ({
          key: command,
          label: LABEL[command],
          why: whyNot(file.offers, command),
          onSelect: () => open(command),
        }))}
      />
    </div>
  )
}

/** A bare button: the menu gives it its handlers. */
function MoreButton(props: ComponentProps<'button'>) {
  return (
    <button
      {...props}
      type="button"
      className="min-h-7 rounded-md px-2.5 font-medium text-ink-2 hover:bg-sunk hover:text-ink pointer-coarse:min-h-11"
    >
      More …
    </button>
  )
}

function Closed({ file }: { file: CaseFile }) {
  return (
    <div className="max-w-prose text-base">
      <p className="font-medium">Closed: {words(file.disposition ?? 'closed')}.</p>
      {file.summary ? <Said text={file.summary} className="mt-1" /> : null}
      {file.lessons ? (
        <>
          <p className="small-caps mt-2">What we learned</p>
          <Said text={file.lessons} />
        </>
      ) : null}
      <p className="mt-2 text-sm text-ink-2">
        It stays readable.{' '}
        <Link className="link" href={`/history?case=${file.id}`}>
          Its history
        </Link>{' '}
        can be exported and checked without us.
      </p>
    </div>
  )
}
