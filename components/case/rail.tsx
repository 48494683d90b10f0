'use client'

import type { CaseFile, GateView } from '@/lib/act/view/case'
import { cx } from '../ui/class'
import { When } from '../ui/when'
import { Who } from './who'

const DOES: Record<string, string> = {
  identify: 'What was found, and what it touches',
  confirm: 'Somebody says that it is real',
  assign: 'One person takes it',
  act: 'The approved change is made',
  verify: 'Somebody else checks it',
}

/** Where the case is, what is missing to move on, who was at each gate. Always in sight. */
export function Rail({ file }: { file: CaseFile }) {
  return (
    <nav aria-label="Stages" className="sticky top-11 z-20 -mx-4 bg-paper px-4 sm:-mx-6 sm:px-6">
      <ol
        className={cx(
          'grid grid-cols-5 border-t border-rule-strong',
          file.stage === 'closed' ? 'double-ruled' : 'border-b border-b-rule-strong',
        )}
      >
        {file.gates.map((gate, index) => (
          <Step key={gate.stage} gate={gate} here={gate.stage === file.stage} number={index + 1} />
        ))}
      </ol>
    </nav>
  )
}

function Step({ gate, here, number }: { gate: GateView; here: boolean; number: number }) {
  const missing = gate.missing.length
  return (
    <li
      aria-current={here ? 'step' : undefined}
      className={cx(
        'relative min-w-0 border-l border-rule px-1.5 py-1.5 first:border-l-0 sm:px-3',
        here && 'bg-accent-wash',
        here && 'shadow-[inset_0_2px_0_var(--accent)]',
      )}
    >
      <p
        className={cx(
          'flex items-center gap-1.5 max-sm:text-xs',
          here ? 'font-semibold text-accent' : gate.passed ? 'font-medium' : 'text-ink-3',
        )}
      >
        <span aria-hidden="true" className="numeric max-sm:hidden">
          {gate.passed ? '✓' : number}
        </span>
        <span className="capitalize">{gate.stage}</span>
        <span className="sr-only">
          {gate.passed ? ' (passed)' : here ? ' (the case is here)' : ' (ahead)'}
        </span>
      </p>
      <p className="truncate text-xs text-ink-3 max-sm:hidden">
        {here ? (
          <a href="#next" className={missing ? 'font-medium text-accent underline underline-offset-2' : ''}>
            {missing ? `${missing} missing` : 'Nothing missing'}
          </a>
        ) : gate.passed && gate.by ? (
          <>
            <Who who={gate.by} nameless className="mr-1" />
            {gate.by.name}
            {gate.at ? (
              <>
                , <When at={gate.at} />
              </>
            ) : null}
          </>
        ) : (
          DOES[gate.stage]
        )}
      </p>
    </li>
  )
}
