// A program of its own: composing pages keeps a processor busy, and nothing else should wait for that.
// In: the report's data as JSON. Out: the PDF (PDF/A-2a), or exit code 3 and the characters that no font can show, as JSON.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'

const folder = dirname(fileURLToPath(import.meta.url))
const data = (await buffer(process.stdin)).toString('utf8')
const [seconds = '0'] = process.argv.slice(2)

try {
  const compiler = NodeCompiler.create({ workspace: folder })
  const source = { mainFileContent: readFileSync(join(folder, 'report.typ'), 'utf8'), inputs: { data } }
  const pdf = compiler.pdf(source, { pdfStandard: 'a-2a', creationTimestamp: Number(seconds) })
  process.stdout.write(pdf)
} catch (error) {
  const missing = charactersIn(error)
  if (missing.length === 0) throw error
  process.stdout.write(JSON.stringify(missing))
  process.exitCode = 3
}

/** PDF/A wants a glyph for every character; the compiler names the texts that have none. @param {unknown} error */
function charactersIn(error) {
  const said = error instanceof Error ? error.message : String(error)
  const texts = [...said.matchAll(/the text `(.*?)` could not be displayed/gs)].map(([, text = '']) =>
    unescaped(text),
  )
  return [...new Set(texts.flatMap((text) => [...text]))].filter((character) => character > '\u007f')
}

/** As Rust spells what can't be printed: `\u{202e}`. @param {string} text */
function unescaped(text) {
  return text.replace(/\\+u\{([0-9a-f]+)\}/g, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)))
}
