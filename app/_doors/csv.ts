/** RFC 4180, with any line ends. Cells keep their white space; quotes inside quotes are doubled. Null when a quote never ends. */
export function readCsv(text: string): string[][] | null {
  const rows: string[][] = []
  let [row, cell, quoted]: [string[], string, boolean] = [[], '', false]
  const source = text.replace(/^\ufeff/, '')
  for (let at = 0; at < source.length; at++) {
    const letter = source[at] ?? ''
    if (quoted) {
      if (letter !== '"') cell += letter
      else if (source[at + 1] === '"') cell += source[++at]
      else quoted = false
    } else if (letter === '"' && cell === '') quoted = true
    else if (letter === ',') [row, cell] = [[...row, cell], '']
    else if (letter === '\n' || letter === '\r') {
      if (letter === '\r' && source[at + 1] === '\n') at++
      rows.push([...row, cell])
      ;[row, cell] = [[], '']
    } else cell += letter
  }
  if (quoted) return null
  if (cell !== '' || row.length) rows.push([...row, cell])
  return rows.filter((each) => each.some((one) => one.trim() !== ''))
}
