'use client'

import { useState } from 'react'
import type { NhiFile } from '@/lib/act/view/nhi'
import { Section } from '../case/section'
import { blast, type Reached } from './reach'
import { ReachTable } from './reach-table'

const ROW = 44
const WIDTH = 720

/** Who could hold it on the left, what it reaches on the right; the same as a table behind it. */
export function BlastRadius({ file }: { file: NhiFile }) {
  const [table, setTable] = useState(false)
  const { ways, reached } = blast(file)
  return (
    <Section
      id="reach"
      title="What it reaches"
      aside={
        <button
          type="button"
          onClick={() => setTable(!table)}
          className="min-h-6 text-xs text-ink-2 underline underline-offset-2 hover:text-ink max-sm:hidden"
        >
          {table ? 'as a drawing' : 'as a table'}
        </button>
      }
    >
      <div className={table ? undefined : 'sm:hidden'}>
        <ReachTable ways={ways} reached={reached} />
      </div>
      {table ? null : <Drawing file={file} ways={ways} reached={reached} />}
    </Section>
  )
}

function Drawing({ file, ways, reached }: { file: NhiFile; ways: Reached[]; reached: Reached[] }) {
  const rows = Math.max(ways.length, reached.length, 2)
  const height = rows * ROW + 8
  const middle = height / 2
  const y = (index: number, count: number) => middle + (index - (count - 1) / 2) * ROW
  const label = `${file.name} is held through ${ways.map((one) => one.name).join(', ') || 'no known credential'} and reaches ${reached.map((one) => one.name).join(', ')}.`
  return (
    <div className="max-sm:hidden">
      <svg viewBox={`0 0 ${WIDTH} ${height}`} className="w-full max-w-3xl" role="img" aria-label={label}>
        {ways.map((one, index) => (
          <Branch key={one.name} from={[216, y(index, ways.length)]} to={[300, middle]} bad={one.bad} />
        ))}
        {reached.map((one, index) => (
          <Branch key={one.name} from={[420, middle]} to={[504, y(index, reached.length)]} />
        ))}
        <path d={hexagon(360, middle, 60, 26)} fill="var(--accent-wash)" stroke="var(--accent)" />
        <text x="360" y={middle - 2} textAnchor="middle" fontSize="13" fontWeight="600" fill="var(--ink)">
          {cut(file.name, 16)}
        </text>
        <text x="360" y={middle + 13} textAnchor="middle" fontSize="11" fill="var(--ink-2)">
          {file.privilege}
        </text>
        {ways.map((one, index) => (
          <Label key={one.name} x={208} y={y(index, ways.length)} anchor="end" one={one} />
        ))}
        {reached.map((one, index) => (
          <Label key={one.name} x={512} y={y(index, reached.length)} anchor="start" one={one} />
        ))}
      </svg>
    </div>
  )
}

function Branch({
  from: [x1, y1],
  to: [x2, y2],
  bad,
}: {
  from: [number, number]
  to: [number, number]
  bad?: boolean | undefined
}) {
  const bend = (x1 + x2) / 2
  return (
    <path
      d={`M${x1} ${y1}C${bend} ${y1} ${bend} ${y2} ${x2} ${y2}`}
      fill="none"
      stroke={bad ? 'var(--critical)' : 'var(--rule-strong)'}
      strokeWidth={bad ? 2 : 1.2}
    />
  )
}

function Label({ x, y, anchor, one }: { x: number; y: number; anchor: 'start' | 'end'; one: Reached }) {
  return (
    <>
      <text
        x={x}
        y={y - 1}
        textAnchor={anchor}
        fontSize="13"
        fontWeight="500"
        fill={one.bad ? 'var(--critical)' : 'var(--ink)'}
      >
        {cut(one.name, 32)}
      </text>
      <text x={x} y={y + 13} textAnchor={anchor} fontSize="11" fill="var(--ink-3)">
        {cut(one.note, 36)}
      </text>
    </>
  )
}

const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text)
const hexagon = (x: number, y: number, half: number, tall: number) =>
  `M${x - half} ${y}l14 ${-tall}h${2 * half - 28}l14 ${tall}l-14 ${tall}h${28 - 2 * half}Z`
