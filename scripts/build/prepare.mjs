import { join } from 'node:path'
import { alone } from './alone.mjs'
import { builtAs, remember } from './built.mjs'
import { digestOf, PROGRAM_INPUTS, WEB_INPUTS } from './inputs.mjs'
import { install, isInstalled } from './install.mjs'

/**
 * Installs and builds what is missing or out of date; does nothing, quickly, when all is in place.
 * @param {string} root
 * @param {{ web: boolean, asBuilt?: boolean }} needs `asBuilt`: what is there will do, even if the sources have changed since
 */
export async function prepare(root, needs) {
  if (isInstalled(root) && !(await outOfDate(root, needs)).length) return
  await alone(join(root, 'dist'), async () => {
    if (!isInstalled(root)) await install(root)
    for (const part of await outOfDate(root, needs)) await build(root, part)
  })
}

/** @typedef {'programs' | 'web'} Part */

const INPUTS = { programs: PROGRAM_INPUTS, web: WEB_INPUTS }

/**
 * @param {string} root
 * @param {{ web: boolean, asBuilt?: boolean }} needs
 * @returns {Promise<Part[]>}
 */
async function outOfDate(root, { web, asBuilt }) {
  /** @type {Part[]} */
  const stale = []
  for (const part of web ? /** @type {const} */ (['programs', 'web']) : /** @type {const} */ (['programs'])) {
    const built = await builtAs(root, part)
    if (!built || (!asBuilt && built !== digestOf(root, INPUTS[part]))) stale.push(part)
  }
  return stale
}

/**
 * The digest is taken before the build, so that a file changed meanwhile is built again the next time.
 * @param {string} root
 * @param {Part} part
 */
async function build(root, part) {
  const digest = digestOf(root, INPUTS[part])
  const { buildPrograms, buildWeb } = await import('./bundle.mjs')
  process.stderr.write(part === 'web' ? 'Building the web application …\n' : 'Building the programs …\n')
  await (part === 'web' ? buildWeb(root) : buildPrograms(root))
  await remember(root, part, digest)
}
