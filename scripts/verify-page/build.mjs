import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

/** @typedef {import('esbuild').BuildOptions} Options */

/**
 * The /verify page as one file that needs nothing else: to serve, to save, to mail to an auditor. The same sources give the
 * same bytes, so that its digest can be compared with that of a build of one's own.
 * @param {string} root
 * @param {readonly string[]} targets the files to write it to
 */
export async function buildVerifyPage(root, targets) {
  const folder = join(root, 'scripts', 'verify-page')
  const worker = await bundled(root, { entryPoints: [join(folder, 'worker.ts')], plugins: [inBrowser(root)] })
  const script = await bundled(root, {
    entryPoints: [join(folder, 'main.ts')],
    plugins: [inBrowser(root)],
    define: { WORKER_SOURCE: JSON.stringify(worker) },
  })
  const style = await bundled(root, {
    entryPoints: [join(folder, 'style.css')],
    loader: { '.woff2': 'dataurl' },
  })
  const icon = `data:image/svg+xml;base64,${readFileSync(join(root, 'public', 'icon.svg')).toString('base64')}`
  /** @type {Record<string, string>} */
  const parts = { policy: policyFor(script, style), icon, style, script }
  const template = readFileSync(join(folder, 'index.html'), 'utf8')
  const page = template.replace(/(?:\/\*)?\{\{(\w+)\}\}(?:\*\/)?/g, (_, name) => parts[name] ?? '')
  for (const target of targets) writeFileSync(target, page)
}

/**
 * Nothing may run but these very bytes, nothing may be fetched, nothing may be sent.
 * @param {string} script
 * @param {string} style
 */
function policyFor(script, style) {
  return [
    "default-src 'none'",
    // The second lets WebAssembly be compiled, for digests, and no text become code.
    `script-src '${digest(script)}' 'wasm-unsafe-eval'`,
    `style-src '${digest(style)}'`,
    'font-src data:',
    'img-src data:',
    'worker-src blob:',
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types verifier',
  ].join('; ')
}

/** @param {string} text */
function digest(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

/**
 * @param {string} root
 * @param {Options} options
 */
async function bundled(root, options) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    // The first with light-dark(); DecompressionStream is older.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    legalComments: 'inline',
    logLevel: 'warning',
    outdir: 'out',
    ...options,
  })
  return outputFiles[0]?.text.trim() ?? ''
}

/**
 * The same verifier, on the browser's own two pieces: the only files that know a cryptographic library are swapped.
 * @param {string} root
 * @returns {import('esbuild').Plugin}
 */
function inBrowser(root) {
  const swapped = new Set(['digest', 'signature'].map((name) => join(root, 'lib', 'record', name)))
  return {
    name: 'in-browser',
    setup({ onResolve }) {
      onResolve({ filter: /\/(digest|signature)$/ }, ({ path, resolveDir }) => {
        const wanted = join(resolveDir, path)
        if (!swapped.has(wanted)) return undefined
        return { path: join(root, 'scripts', 'verify-page', `${path.slice(path.lastIndexOf('/') + 1)}.ts`) }
      })
    },
  }
}
