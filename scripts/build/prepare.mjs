import { join } from 'node:path'
import { alone } from './alone.mjs'
import { builtAs, remember } from './built.mjs'
import { digestOf, PROGRAM_INPUTS, WEB_INPUTS } from './inputs.mjs'
import { install, isInstalled } from './install.mjs'

/**
 * Installs and builds what is missing or out of date; does nothing, quickly, when all is in place.
 * @param {string} root
 * @param {{ web: boolean }} needs
 */
export async function prepare(root, needs) {
  if (isInstalled(root) && !(await outOfDate(root, needs)).length) return
  await alone(join(root, 'dist'), async () => {
    if (!isInstalled(root)) await install(root)
    for (const part of await outOfDate(root, needs)) await build(root, part)
  })
}

/** @typedef {'programs' | 'web'} Part */

/**
 * @param {string} root
 * @param {{ web: boolean }} needs
 * @returns {Promise<Part[]>}
 */
async function outOfDate(root, needs) {
  /** @type {Part[]} */
  const stale = []
  if ((await builtAs(root, 'programs')) !== digestOf(root, PROGRAM_INPUTS)) stale.push('programs')
  if (needs.web && (await builtAs(root, 'web')) !== digestOf(root, WEB_INPUTS)) stale.push('web')
  return stale
}

/**
 * The digest is taken before the build, so that a file changed meanwhile is built again the next time.
 * @param {string} root
 * @param {Part} part
 */
async function build(root, part) {
  const digest = digestOf(root, part === 'web' ? WEB_INPUTS : PROGRAM_INPUTS)
  const { buildPrograms, buildWeb } = await import('./bundle.mjs')
  process.stderr.write(part === 'web' ? 'Building the web application …\n' : 'Building the programs …\n')
  await (part === 'web' ? buildWeb(root) : buildPrograms(root))
  await remember(root, part, digest)
}
