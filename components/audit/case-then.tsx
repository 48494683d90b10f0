import type { ReactNode } from 'react'
import type { Frame, CaseThen as State } from '@/lib/audit/view'
import { KINDS } from '@/lib/telling/action-words'
import { ActionStatusName } from '../case/action-status'
import { Said } from '../case/said'
import { SeverityName } from '../case/severity'
import { StageMark } from '../case/stage'
import { Who } from '../case/who'
import { cx } from '../ui/class'
import { When } from '../ui/when'

/** The case as it stood; what this entry changed is marked. */
export function CaseThen({ frame: { state, changed, erased, lost } }: { frame: Frame }) {
  const part = (name: keyof State, label: string, value: ReactNode) => (
    <Part label={label} changed={changed.includes(name)}>
      {value}
    </Part>
  )
  return (
    <section aria-labelledby="case-then" className="mt-6 pb-6">
      <h2 id="case-then" className="small-caps border-b border-rule-strong pb-1">
        The case right after it
      </h2>
      <dl>
        {part('title', 'Title', <Said inline text={state.title} />)}
        {part('stage', 'Stage', <StageMark stage={state.stage} disposition={state.disposition} />)}
        {part('severity', 'Severity', <SeverityName severity={state.severity} />)}
        {part(
          'assignee',
          'With',
          state.assignee ? (
            <>
              <Who who={state.assignee} />
              {state.accepted ? '' : ', who has not accepted yet'}
            </>
          ) : (
            'nobody'
          ),
        )}
        {part('due', 'Due', state.due ? <When at={state.due} /> : 'no due time')}
        {part('linked', 'Touches', state.linked.map(({ name }) => name).join(', ') || 'no identity yet')}
        {part('evidence', 'Evidence', `${state.evidence} ${state.evidence === 1 ? 'piece' : 'pieces'}`)}
        {part('comments', 'Comments', String(state.comments))}
        {state.actions.map((action) => (
          <Part key={action.request} label="Action" changed={changed.includes('actions')}>
            {KINDS[action.kind]?.label ?? action.kind}: {action.target}{' '}
            <span className="numeric text-ink-3">{action.short_code}</span>
            <span className="block">
              <ActionStatusName status={action.phase} />, {action.approvals} of {action.needed} approvals
            </span>
          </Part>
        ))}
        {state.exceptions.map(({ id, status, until }) => (
          <Part key={id} label="Exception" changed={changed.includes('exceptions')}>
            {status}, until <When at={until} />
          </Part>
        ))}
        {part('missing', 'Missing', <Missing state={state} />)}
      </dl>
      <Gone seqs={erased.filter((seq) => !lost.includes(seq))} so={ERASED} />
      <Gone seqs={lost} so={LOST} />
    </section>
  )
}

type OneOrMore = readonly [ofOne: string, ofMore: string]
const ERASED: OneOrMore = [
  'was erased: its words are gone, what it did counts here',
  'were erased: their words are gone, what they did counts here',
]
const LOST: OneOrMore = [
  'is lost, and nothing on record says what is left of it: what it did is not part of this',
  'are lost, and nothing on record says what is left of them: what they did is not part of this',
]

function Gone({ seqs, so: [ofOne, ofMore] }: { seqs: readonly number[]; so: OneOrMore }) {
  if (!seqs.length) return null
  return (
    <p className="mt-2 border-l-3 border-l-medium pl-3 text-ink-2">
      {seqs.length === 1 ? 'Entry' : 'Entries'} {seqs.join(', ')} {seqs.length === 1 ? ofOne : ofMore}.
    </p>
  )
}

function Missing({ state }: { state: State }) {
  if (!state.missing.length)
    return <>{state.stage === 'closed' ? 'nothing: it is closed' : 'nothing, to move on'}</>
  return (
    <ul>
      {state.missing.map(({ name, sentence }) => (
        <li key={name}>{sentence}</li>
      ))}
    </ul>
  )
}

function Part({ label, changed, children }: { label: string; changed: boolean; children: ReactNode }) {
  return (
    <div
      className={cx(
        'grid grid-cols-[6rem_minmax(0,1fr)] gap-x-3 border-b border-rule px-2 py-1',
        changed && 'bg-accent-wash shadow-[inset_3px_0_0_var(--accent)]',
      )}
    >
      <dt className="text-ink-2">
        {label}
        {changed ? <span className="sr-only"> (changed by this entry)</span> : null}
      </dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  )
}
