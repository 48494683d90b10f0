import type { Resolution, Resolved, Took } from '@/lib/act/view/resolution'
import { InFigures } from '../ui/in-figures'
import { span } from '../ui/span'
import { When } from '../ui/when'

const HEADS = [
  'Severity',
  'Closed',
  'Confirmed',
  'Median',
  '90 %',
  'Median',
  '90 %',
  'With a due time',
  'In time',
]

/** The table behind the drawing. */
export function ResolutionFigures({ told }: { told: Resolution }) {
  return (
    <InFigures className="mt-1">
      <div className="overflow-x-auto">
        <table className="mt-1 w-full max-w-4xl">
          <caption className="sr-only">
            Cases closed in the last {told.days} days, by severity: how long from promotion until they were
            confirmed and until they were closed, and how many were closed by their due time
          </caption>
          <thead className="small-caps text-left">
            <tr>
              <td colSpan={3} />
              <th scope="colgroup" colSpan={2} className="pt-1">
                until confirmed
              </th>
              <th scope="colgroup" colSpan={2} className="pt-1">
                until closed
              </th>
              <td colSpan={2} />
            </tr>
            <tr>
              {HEADS.map((head, index) => (
                <th key={index} scope="col" className="py-1 pr-4 whitespace-nowrap">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {told.severities.map((row) => (
              <Figures key={row.severity} name={row.severity ?? 'no severity'} row={row} />
            ))}
            {told.all ? <Figures name="all" row={told.all} /> : null}
          </tbody>
        </table>
      </div>
      <p className="mt-1 text-ink-3">
        From promotion; closed since <When at={told.since} />. A case that was reopened counts by its last
        closing. The due time is set when somebody is asked to take a case: a finding that was dismissed
        before has none.
      </p>
    </InFigures>
  )
}

function Figures({ name, row }: { name: string; row: Omit<Resolved, 'severity'> }) {
  const { cases, confirmed, closed, due, in_time } = row
  return (
    <tr className="border-t border-rule">
      <th scope="row" className="py-1 pr-4 text-left font-medium">
        {name}
      </th>
      <td className="numeric py-1 pr-4">{cases}</td>
      <td className="numeric py-1 pr-4">{confirmed?.cases ?? 0}</td>
      <Spread took={confirmed} />
      <Spread took={closed} />
      <td className="numeric py-1 pr-4">{due}</td>
      <td className="numeric py-1">{in_time}</td>
    </tr>
  )
}

function Spread({ took }: { took: Took | null }) {
  return [took?.median_s, took?.p90_s].map((seconds, index) => (
    <td key={index} className="py-1 pr-4 whitespace-nowrap">
      {seconds === undefined ? '–' : span(seconds * 1_000)}
    </td>
  ))
}
