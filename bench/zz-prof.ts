import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { connect } from '../db/client'
import { openDeps } from '../db/deps'
import { urlAs } from '../db/roles'
import { adoptPostgres } from '../scripts/postgres/embedded'
import { foldersIn } from '../scripts/start/folders'
import { cpuOfTree } from './cpu'
import { loadCases } from './load'
import { addPeople, analyst, signIn } from './people'

// usage: node zz-prof.mjs <data> <url> <webpid> <total> <ops> <clients> <ms>
const [data, url, web, total, ops, clients, ms] = process.argv.slice(2) as string[]
const f = foldersIn(data!)
const pg = (await adoptPostgres(f.postgres))!
const secret = readFileSync(f.secret, 'utf8').trim()
const deps = openDeps({
  url: urlAs('on_record_app', pg.url('on_record'), secret),
  origin: url!,
  policies: 'policies',
  connections: 2,
  name: 'prof',
})
const admin = connect(pg.url('on_record'), 1, 'prof')
const people = await addPeople(deps)
const rows = await admin<
  { id: string }[]
>`select c.id from case_file c join stream s on s.stream=c.id where c.title like 'Unexpected%' and s.version > 8 order by c.number`
const [{ n }] = (await admin<
  { n: number }[]
>`select count(*)::int n from case_file where title like 'Unexpected%'`) as any
if (n < Number(total)) {
  const b = performance.now()
  await loadCases(
    deps,
    analyst(people[0]!),
    Array.from({ length: n }, () => ''),
    Number(total),
  )
  console.log('loaded', ((Number(total) - n) / (performance.now() - b)) * 1000, '/s')
  await admin.unsafe('vacuum analyze')
}
const cases = (
  await admin<
    { id: string }[]
  >`select c.id from case_file c join stream s on s.stream=c.id where c.title like 'Unexpected%' and s.version >= 10 and s.version < 40 and c.stage='confirm' order by random() limit 1000`
).map((r) => r.id)
const cookies = await Promise.all(people.map((p) => signIn(url!, p)))
const child = fork(new URL('./client.mjs', import.meta.url).pathname, {
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
})
for (const operation of ops!.split(',')) {
  let before = [0, 0]
  const used = () => [cpuOfTree(Number(web)), cpuOfTree(pg.pid)]
  const sample: any = await new Promise((ok, no) => {
    const hear = (t: any) => {
      if (t.begun) {
        before = used()
        return
      }
      child.off('message', hear)
      t.sample ? ok(t.sample) : no(new Error(t.failed))
    }
    child.on('message', hear)
    child.send({
      kind: 'load',
      url,
      operation,
      clients: Number(clients),
      warmUpMs: 2500,
      ms: Number(ms),
      cookies,
      cases,
    })
  })
  const a = used()
  console.log(
    operation.padEnd(12),
    'ops',
    sample.operations,
    '/s',
    (sample.operations / sample.seconds).toFixed(0),
    'p50',
    sample.p50.toFixed(2),
    'cpu app',
    ((a[0]! - before[0]!) / sample.operations).toFixed(3),
    'db',
    ((a[1]! - before[1]!) / sample.operations).toFixed(3),
  )
}
child.disconnect()
await deps.sql.end()
await admin.end()
