import Link from 'next/link'
import { Said } from '../case/said'
import type { Reached } from './reach'

export function ReachTable({ ways, reached }: { ways: readonly Reached[]; reached: readonly Reached[] }) {
  return (
    <table className="w-full max-w-3xl">
      <thead className="small-caps text-left">
        <tr>
          <th className="py-1 pr-4">Direction</th>
          <th className="py-1 pr-4">What</th>
          <th className="py-1">How</th>
        </tr>
      </thead>
      <tbody>
        {[
          ...ways.map((one) => ({ ...one, side: 'held through' })),
          ...reached.map((one) => ({ ...one, side: 'reaches' })),
        ].map((one) => (
          <tr key={one.side + one.name} className="border-t border-rule align-top">
            <td className="py-1 pr-4 text-ink-2">{one.side}</td>
            <td className="py-1 pr-4 font-medium">
              {one.href ? (
                <Link className="link" href={one.href}>
                  {one.name}
                </Link>
              ) : (
                <Said inline text={one.name} />
              )}
            </td>
            <td className="py-1 text-ink-2">
              <Said inline text={one.note} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
