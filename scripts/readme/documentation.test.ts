import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commands } from '../build/commands.mjs'

const root = join(import.meta.dirname, '..', '..')
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>
}

function pagesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory())
      return ['node_modules', 'vectors'].includes(entry.name) || folder === '.' ? [] : pagesIn(path)
    return entry.name.endsWith('.md') ? [path] : []
  })
}

const PAGES = [...pagesIn('.'), ...(existsSync(join(root, 'docs')) ? pagesIn('docs') : [])].map((name) => ({
  name,
  text: readFileSync(join(root, name), 'utf8'),
}))

/** The commands that a page tells its readers to type. */
function shellBlocks(text: string): string[] {
  return [...text.matchAll(/^```(?:sh|bash|shell|console)\n([\s\S]*?)^```$/gm)].map(([, block = '']) =>
    block.replace(/^\$ /gm, ''),
  )
}

function code(text: string): string[] {
  return [
    ...shellBlocks(text),
    ...[...text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span),
  ]
}

function unknown(text: string, pattern: RegExp, known: (name: string) => boolean): string[] {
  return code(text).flatMap((span) =>
    [...span.matchAll(pattern)].flatMap(([, name = '']) => (known(name) ? [] : [name])),
  )
}

const NPM_OWN = ['ci', 'install', 'exec', 'start', 'test', 'run']
const TREE = [
  'app',
  'bench',
  'bin',
  'components',
  'db',
  'docs',
  'e2e',
  'lib',
  'policies',
  'public',
  'scripts',
  '.ci',
]

describe.each(PAGES)('$name', ({ name, text }) => {
  it('has shell commands that parse', () => {
    for (const block of shellBlocks(text)) execFileSync('sh', ['-n'], { input: block })
  })

  it('names npm scripts that exist', () => {
    expect(unknown(text, /\bnpm run ([\w:-]+)/g, (script) => script in scripts)).toEqual([])
    expect(unknown(text, /\bnpm (start|test)\b/g, (script) => script in scripts)).toEqual([])
    expect(unknown(text, /\bnpm (\w+)/g, (word) => NPM_OWN.includes(word))).toEqual([])
  })

  it('names commands of on-record that exist', () => {
    expect(
      unknown(
        text,
        /\b(?:npx |bin\/)on-record(?:\.mjs)? ([a-z][a-z-]*)/g,
        (command) => command in commands || command === 'help',
      ),
    ).toEqual([])
  })

  it('names files and folders that exist', () => {
    const paths = new RegExp(
      `^((?:${TREE.map((each) => each.replace('.', '[.]')).join('|')})/[\\w./@()[\\]-]*[\\w)\\]])$`,
    )
    const named = text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/`([^`\n]+)`/g)
    const missing = [...named].flatMap(([, span = '']) => {
      const path = paths.exec(span)?.[1]
      return path && !existsSync(join(root, path)) ? [path] : []
    })
    expect(missing).toEqual([])
  })

  it('links to pages and pictures that exist', () => {
    const links = [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map(([, path = '']) =>
      normalize(join(dirname(name), path)),
    )
    expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })
})
