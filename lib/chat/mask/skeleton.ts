import { hiddenName } from '../hidden'

/** A text without its hidden characters, and where each remaining unit stood. */
export type Skeleton = { text: string; place: (index: number) => number }

/** Rules read the skeleton: a zero-width space in the middle of `password=` must not hide what follows. */
export function skeleton(text: string): Skeleton {
  if (/^[\t\n\x20-\x7e]*$/.test(text)) return { text, place: (index) => index }
  const places = new Uint32Array(text.length + 1)
  const kept: string[] = []
  let to = 0
  let at = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code === 13 || hiddenName(code) === null) {
      kept.push(character)
      for (let unit = 0; unit < character.length; unit++) places[to++] = at + unit
    }
    at += character.length
  }
  places[to] = text.length
  return { text: kept.join(''), place: (index) => places[index] ?? text.length }
}
