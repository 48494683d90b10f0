import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { run } from '../build/install.mjs'
import { installDebian } from './tools.mjs'

/** Ships the browser inside a package, for machines that reach nothing but their package registry. */
const PACKAGED = '@sparticuz/chromium@147.0.0'

/**
 * The browser for the journeys: the one that CHROMIUM_PATH names, else Playwright's own, else Debian's, else a packaged one. The
 * first that is there; if none is, the first that can be installed.
 * @param {string} root
 * @returns {Promise<string>}
 */
export async function findChromium(root) {
  const present = await presentChromium(root)
  if (present) return present
  if (installDebian(['chromium'])) {
    const debian = await presentChromium(root)
    if (debian) return debian
  }
  return packaged(root)
}

/** @param {string} root @returns {Promise<string | null>} */
export async function presentChromium(root) {
  const named = process.env.CHROMIUM_PATH
  if (named && !existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, where there is no file.`)
  if (named) return named
  const { chromium } = createRequire(join(root, 'package.json'))('@playwright/test')
  const places = [
    chromium.executablePath(),
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ]
  return places.find((place) => place && existsSync(place)) ?? null
}

/** @param {string} root */
async function packaged(root) {
  const folder = join(root, 'node_modules', '.cache', 'chromium')
  const entry = join(folder, 'node_modules', '@sparticuz', 'chromium', 'build', 'esm', 'index.js')
  if (!existsSync(entry))
    await run(root, 'npm', ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', folder, PACKAGED])
  const { default: chromium } = await import(entry)
  return chromium.executablePath()
}
