/** Where a pattern is next met, from any place on, or the text's end. Whoever asks from left to right has the text read once. */
export function next(text: string, pattern: RegExp): (from: number) => number {
  let search: RegExp | null = null // most texts hold nothing whose end is asked for
  let [since, found] = [0, -1]
  return (from) => {
    if (from < since || from > found) {
      search ??= new RegExp(pattern.source, 'g')
      search.lastIndex = from
      found = search.exec(text)?.index ?? text.length
      since = from
    }
    return found
  }
}
