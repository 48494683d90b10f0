import { cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { buildVerifyPage } from '../verify-page/build.mjs'
import { run } from './install.mjs'
import { routesOf } from './routes.mjs'

/** Each program in dist/ and the file it starts from. Packages stay in node_modules. */
const PROGRAMS = {
  start: 'scripts/start/main.ts',
  cli: 'scripts/cli/main.ts',
  web: 'scripts/web/main.ts',
  worker: 'scripts/worker/main.ts',
  sequencer: 'scripts/sequencer/main.ts',
  executor: 'scripts/executor/main.ts',
  'sample-chat': 'scripts/sample-chat/main.ts',
  replays: 'db/audit/thread.ts',
  'check-policies': 'scripts/build/check-policies.ts',
}

/** @param {string} root */
export async function buildPrograms(root) {
  await buildAlone(root, 'verify')
  await buildAlone(root, 'witness')
  // The verifier can be had from the web application, too: /verify.mjs.
  cpSync(join(root, 'dist', 'verify.mjs'), join(root, 'public', 'verify.mjs'))
  await buildVerifyPage(root, [join(root, 'dist', 'verify.html'), join(root, 'public', 'verify.html')])
  const present = Object.entries(PROGRAMS).filter(([, file]) => existsSync(join(root, file)))
  await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(present),
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    chunkNames: 'part-[hash]',
    bundle: true,
    splitting: true,
    packages: 'external',
    plugins: [routesOf(root)],
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'linked',
    logLevel: 'warning',
  })
  await run(root, process.execPath, [join(root, 'dist', 'check-policies.mjs')], {
    ...process.env,
    ON_RECORD_HOME: root,
  })
  // The sample chat serves these files from beside its program.
  const page = join(root, 'scripts', 'sample-chat', 'page')
  if (existsSync(page)) cpSync(page, join(root, 'dist', 'page'), { recursive: true })
}

/**
 * One file without dependencies, that an auditor, or the team that runs a witness, can take away.
 * @param {string} root
 * @param {'verify' | 'witness'} name
 */
async function buildAlone(root, name) {
  await build({
    absWorkingDir: root,
    entryPoints: [`scripts/${name}/main.ts`],
    outfile: `dist/${name}.mjs`,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  })
}

/** @param {string} root */
export async function buildWeb(root) {
  rmSync(join(root, '.next', 'built-from'), { force: true })
  await run(root, process.execPath, [join(root, 'node_modules/next/dist/bin/next'), 'build'], {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  })
}
