// Writes docs/controls.md from the names of the tests; with --check, says whether it is up to date.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { behaviours } from './behaviours.mjs'

const HOME = join(import.meta.dirname, '..', '..')
const FILE = join(HOME, 'docs', 'controls.md')
const FOLDERS = ['app', 'components', 'db', 'e2e', 'lib', 'policies', 'scripts']
/** The name of a test, which begins with its ids or ends with them in brackets. */
const NAME = /['"`]((?:C\d\d[ ,:]+)+)|\(((?:C\d\d[ ,]*)+)\)['"`]/g

function* testFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && entry.name !== 'node_modules') yield* testFiles(path)
    else if (/\.(?:test|spec)\.tsx?$/.test(entry.name)) yield path
  }
}

/** Which test files show which control: `C05` -> paths. */
export function shown() {
  const found = new Map(Object.keys(behaviours).map((id) => [id, new Set()]))
  for (const folder of FOLDERS) {
    for (const path of testFiles(join(HOME, folder))) {
      for (const [ids] of readFileSync(path, 'utf8').matchAll(NAME)) {
        for (const id of ids.match(/C\d\d/g) ?? [])
          found.get(id)?.add(relative(HOME, path).split(sep).join('/'))
      }
    }
  }
  return found
}

function page() {
  const found = shown()
  const rows = Object.entries(behaviours).map(([id, behaviour]) => {
    const files = [...(found.get(id) ?? [])].sort().map((path) => `[${path}](../${path})`)
    return `| ${id} | ${behaviour} | ${files.join('<br>') || '*not yet*'} |`
  })
  const covered = [...found.values()].filter((files) => files.size > 0).length
  return `# Controls, and the tests that show them

Each row is a behaviour. A test whose name begins with the row's id shows it, and fails without it. A row may be shown in part: the test's own sentence
says which part. ${covered} of ${rows.length} rows have a test.

This page is made by \`npm run controls\`, and a test compares it with the tests.

| id | behaviour | shown in |
|---|---|---|
${rows.join('\n')}
`
}

if (process.argv[1] === import.meta.filename) {
  if (!process.argv.includes('--check')) writeFileSync(FILE, page())
  else if (readFileSync(FILE, 'utf8') !== page()) {
    process.stderr.write('docs/controls.md is not up to date: run "npm run controls".\n')
    process.exitCode = 1
  }
}
