import { Said } from '../case/said'
import { cx } from '../ui/class'

export type Preview = {
  rows: {
    line: number
    name: string
    action: 'create' | 'update' | 'unchanged' | 'error'
    errors: { field: string; sentence: string }[]
  }[]
  create: number
  update: number
  errors: number
}
const SAYS = { create: 'new', update: 'changes', unchanged: 'as it is', error: 'left out' }

/** What each line would do; a line that can't be read says why, and is left out. */
export function ImportPreview({ preview }: { preview: Preview }) {
  return (
    <div>
      <p className="mb-1.5 font-medium" role="status">
        {preview.create} new, {preview.update} changed, {preview.errors} with errors
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section aria-label="Lines" tabIndex={0} className="max-h-72 overflow-y-auto border border-rule">
        <table className="w-full">
          <thead className="small-caps sticky top-0 bg-paper text-left">
            <tr>
              <th className="px-2 py-1">Line</th>
              <th className="px-2 py-1">Name</th>
              <th className="px-2 py-1">What happens</th>
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row) => (
              <tr key={row.line} className="border-t border-rule align-top">
                <td className="numeric px-2 py-1 text-ink-3">{row.line}</td>
                <td className="px-2 py-1">
                  <Said inline text={row.name || '–'} />
                </td>
                <td
                  className={cx(
                    'px-2 py-1',
                    row.action === 'error' && 'text-critical',
                    row.action === 'unchanged' && 'text-ink-3',
                  )}
                >
                  {SAYS[row.action]}
                  {row.errors.map((one) => (
                    <span key={one.field + one.sentence} className="block">
                      {one.field}: <Said inline text={one.sentence} />
                    </span>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}
