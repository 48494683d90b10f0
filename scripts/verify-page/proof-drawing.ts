import type { Climb, Step } from './climb'
import { svg } from './dom'

// Narrow enough to be read on a phone.
const [WIDTH, ROW, BOX, HEIGHT] = [424, 50, 126, 28]
const [MIDDLE, SPREAD] = [WIDTH / 2, BOX + 14]

/** The climb as a picture, root on top: computed nodes in the middle, each neighbour on the side where it stands. */
export function drawing({ leaf, steps }: Climb, index: number, isRight: boolean): SVGSVGElement {
  const height = (steps.length + 1) * ROW + 16
  const yOf = (level: number) => height - 30 - level * ROW
  const label = `The way from entry ${index} to the root, in ${steps.length} steps; the table below says the same.`
  return svg(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${height}`, role: 'img', 'aria-label': label, class: 'tree' },
    ...steps.flatMap((step, i) => joint(step, yOf(i), yOf(i + 1))),
    node(MIDDLE, yOf(0), leaf, `entry ${index}`, 'computed'),
    ...steps.map((step, i) =>
      node(MIDDLE, yOf(i + 1), step.node, span(step.covers), lookOf(i === steps.length - 1, isRight)),
    ),
    ...steps.map((step, i) => node(sideOf(step), yOf(i), step.neighbour, span(step.of), 'neighbour')),
  )
}

function lookOf(isRoot: boolean, isRight: boolean): string {
  return isRoot ? (isRight ? 'computed root' : 'computed wrong') : 'computed'
}

function sideOf({ side }: Step): number {
  return MIDDLE + (side === 'left' ? -1 : 1) * SPREAD
}

function joint(step: Step, below: number, above: number): SVGElement[] {
  const line = (x: number) =>
    svg('path', {
      class: 'joint',
      d: `M${x} ${below - HEIGHT / 2}V${(below + above) / 2}H${MIDDLE}V${above + HEIGHT / 2}`,
    })
  return [line(MIDDLE), line(sideOf(step))]
}

function node(x: number, y: number, hash: string, covers: string, look: string): SVGElement {
  return svg(
    'g',
    { class: look },
    svg('rect', { x: x - BOX / 2, y: y - HEIGHT / 2, width: BOX, height: HEIGHT, rx: 3 }),
    svg('text', { x, y: y - 1, class: 'hash' }, hash.slice(0, 12)),
    svg('text', { x, y: y + 10, class: 'covers' }, covers),
  )
}

function span([from, to]: readonly [number, number]): string {
  return to - from === 1 ? `${from}` : `${from}–${to - 1}`
}
