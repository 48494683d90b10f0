import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const SHARED = ['lib', 'db', 'policies', 'package-lock.json', 'tsconfig.json']
/** What the web application is built from ... */
export const WEB_INPUTS = [
  ...SHARED,
  ...['app', 'components', 'public', 'proxy.ts', 'next.config.js', 'postcss.config.mjs'],
  // The web serves the verifier, as a program and as a page.
  ...['scripts/verify', 'scripts/verify-page'],
]
/** ... and what the programs in dist/ are. */
export const PROGRAM_INPUTS = [
  ...SHARED,
  'scripts',
  'app/_doors',
  'app/api',
  'app/tokens.css',
  'public/icon.svg',
]

const NOT_BUILT =
  /\.(test|test-support|fixture)\.tsx?$|^public\/verify\.(mjs|html)$|(^|\/)[._]DS_Store$|\.md$/

/**
 * SHA-256 over the names and contents of the inputs. Names and contents, not times: a checkout sets times as it likes.
 * @param {string} root
 * @param {readonly string[]} inputs
 */
export function digestOf(root, inputs) {
  const hash = createHash('sha256').update(process.version)
  for (const file of inputs.flatMap((input) => filesIn(root, input))) {
    const content = readFileSync(join(root, file))
    hash.update(`\0${file}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {string[]}
 */
function filesIn(root, path) {
  const stats = statSync(join(root, path), { throwIfNoEntry: false })
  if (!stats) return []
  if (!stats.isDirectory()) return NOT_BUILT.test(path) ? [] : [path]
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesIn(root, `${path}/${name}`))
}
