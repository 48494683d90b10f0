import Link from 'next/link'
import type { MarkedEntry } from '@/lib/act/view/entry'
import type { Who as Somebody } from '@/lib/act/view/who'
import type { Answer, Fact, Party } from '@/lib/audit/view'
import { Said } from '../case/said'
import { Who, WhoGlyph } from '../case/who'
import { cx } from '../ui/class'
import { utc } from '../ui/span'
import { When } from '../ui/when'
import { CorrectedBy } from './corrected-by'
import { SealWord } from './seal-word'

const QUESTIONS: Record<Answer['question'], string> = {
  requested: 'Who requested it?',
  approved: 'Who approved it?',
  executed: 'Who executed it?',
  proved: 'What proves it?',
}

type Props = {
  number: number
  answer: Answer
  caseId: string
  who: ReadonlyMap<string, Somebody>
  entries: ReadonlyMap<number, MarkedEntry>
}

/** One question with its answer, what that rests on, and the entries that say so. */
export function AnswerPart({ number, answer, caseId, who, entries }: Props) {
  return (
    <section
      aria-labelledby={`question-${answer.question}`}
      className="min-w-0 break-inside-avoid border-b border-rule-strong py-5"
    >
      <h2 id={`question-${answer.question}`} className="small-caps flex items-baseline gap-2">
        <span aria-hidden="true" className="numeric text-ink-3">
          {number}
        </span>
        {QUESTIONS[answer.question]}
      </h2>
      <p className={cx('mt-1.5 text-lg', answer.answered ? 'font-medium' : 'text-ink-3')}>
        {answer.sentence}
      </p>
      {answer.parties.length ? (
        <ul className="mt-2.5 grid gap-1.5">
          {answer.parties.map((party) => (
            <PartyLine key={`${party.id} ${party.part}`} party={party} who={who} />
          ))}
        </ul>
      ) : null}
      {answer.facts.length ? (
        <dl className="mt-3 grid gap-x-4 gap-y-1.5 sm:grid-cols-[minmax(6rem,11rem)_minmax(0,1fr)]">
          {answer.facts.map((fact) => (
            <FactLine key={`${fact.label} ${fact.value}`} fact={fact} caseId={caseId} />
          ))}
        </dl>
      ) : null}
      <ul aria-label="Entries of the record" className="mt-3.5 flex flex-wrap gap-x-4 gap-y-1 text-xs">
        {answer.events.map((seq) => {
          const entry = entries.get(seq)
          return entry ? (
            <li key={seq} className="flex items-center gap-1.5">
              <Link
                href={`/cases/${caseId}#event-${seq}`}
                className="link numeric inline-flex min-h-6 items-center"
              >
                #{seq} {entry.type}
              </Link>
              <SealWord seal={entry.seal} />
              <CorrectedBy entry={entry} caseId={caseId} />
            </li>
          ) : null
        })}
      </ul>
    </section>
  )
}

function PartyLine({ party, who }: { party: Party; who: Props['who'] }) {
  const one = who.get(party.id)
  const behind = party.answers ? who.get(party.answers) : null
  if (!one) return null
  return (
    <li className="flex flex-wrap items-center gap-x-2">
      <WhoGlyph who={one} large />
      <span className="font-medium">{one.name}</span>
      <span className="text-ink-2">{party.part}</span>
      {behind ? (
        <span className="inline-flex items-baseline gap-1.5 text-ink-2">
          <span aria-hidden="true">←</span> <Who who={behind} className="text-ink" /> answers for it
        </span>
      ) : null}
    </li>
  )
}

function FactLine({ fact, caseId }: { fact: Fact; caseId: string }) {
  return (
    <>
      <dt className="text-ink-2">{fact.label}</dt>
      <dd className="min-w-0 max-sm:mb-1.5">
        <Value fact={fact} caseId={caseId} />
        {fact.event === undefined ? null : (
          <Link href={`/cases/${caseId}#event-${fact.event}`} className="link numeric ml-1.5">
            #{fact.event}
          </Link>
        )}
      </dd>
    </>
  )
}

function Value({ fact: { kind, value, evidence }, caseId }: { fact: Fact; caseId: string }) {
  switch (kind) {
    case 'time':
      return (
        <>
          <When at={value} className="print:hidden" />
          <span className="hidden print:inline">{utc(value)}</span>
        </>
      )
    case 'text':
      return <Said inline text={value} />
    case 'code':
      return <span className="numeric break-all">{value}</span>
    case 'digest':
      return evidence ? (
        <Link href={`/cases/${caseId}#evidence-${evidence}`} className="link numeric break-all">
          {value}
        </Link>
      ) : (
        <span className="numeric break-all">{value}</span>
      )
  }
}
