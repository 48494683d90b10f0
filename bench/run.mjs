// `npm run bench`: builds what is missing, then measures. This file is plain JavaScript, as it runs before anything is built.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prepare } from '../scripts/build/prepare.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
await prepare(root, { web: true, asBuilt: process.argv.includes('--as-built') })

const { build } = await import('esbuild')
const folder = join(root, 'dist', 'bench')
await build({
  absWorkingDir: root,
  entryPoints: { main: 'bench/main.ts', history: 'bench/history-main.ts', client: 'bench/client.ts' },
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
})
process.env.ON_RECORD_HOME = root
const { main } = await import(`../dist/bench/${process.argv.includes('--history') ? 'history' : 'main'}.mjs`)
await main(process.argv.slice(2), join(folder, 'client.mjs'))
