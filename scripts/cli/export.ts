import { setTimeout as pause } from 'node:timers/promises'
import { contentStore } from '../../db/content'
import { exportCase } from '../../db/export/export-case'
import { liveKeys } from '../../db/keys/live'
import { reader } from '../../db/reading'
import { urlAs } from '../../db/roles'
import { SAMPLE_ORG } from '../../db/seed/people'
import { within } from '../../db/within'
import { isRefusal } from '../../lib/act/refusal'
import { systemActor } from '../system'
import { type Installation, withInstallation } from './installation'
import type { Answer, Command } from './main'
import { type Options, UsageError } from './options'
import { checkOut, writeOut } from './out'

const SOFTWARE = 'On Record 0.1.0'

const HELP = `on-record export --case <id or number> --out <path> [--purpose <text>] [--json]
on-record export --sample --out <path> [--json]

Writes a case as a bundle (onrecord-bundle/v1) that anybody can check: as a zip when the path ends with .zip, else as a folder.
The export itself becomes the last event of the case.

  --case <id or number>   which case, e.g. 1007
  --sample                the closed case of the sample organisation
  --out <path>            where to; nothing is overwritten
  --purpose <text>        what for; it becomes part of the record
  --json                  print {"case", "out", "files", "bytes"}
  --help                  this text
`

export const exportCommand: Command = {
  help: HELP,
  values: ['case', 'out', 'purpose'],
  flags: ['sample'],
  async run(options) {
    const { out, wanted, purpose } = read(options)
    await checkOut(out)
    return withInstallation((installation) => write(installation, wanted, out, purpose))
  },
}

type Wanted = { readonly case: string } | 'sample'

function read({ values, flags }: Options): { out: string; wanted: Wanted; purpose: string } {
  const out = values.get('out')
  const named = values.get('case')
  if (!out) throw new UsageError('Say where the bundle goes: --out <path>.')
  if ((named === undefined) === !flags.has('sample'))
    throw new UsageError('Name one case: --case <id or number>, or --sample.')
  const purpose = values.get('purpose') ?? 'Exported at the console'
  return { out, wanted: named === undefined ? 'sample' : { case: named }, purpose }
}

async function write(
  installation: Installation,
  wanted: Wanted,
  out: string,
  purpose: string,
): Promise<Answer> {
  const { deps, folders, database, org, settings, rings } = installation
  const id = wanted === 'sample' ? await sampleCase(installation) : await find(installation, wanted.case)
  const readers = reader(urlAs('on_record_app', database.adminUrl, database.secret), 2)
  try {
    const files = await exportCase(
      deps,
      { reader: readers, sql: deps.sql, content: contentStore(folders.evidence), software: SOFTWARE },
      {
        signer: await liveKeys(deps.sql, org, rings.application).export(),
        principal: new URL(settings.url).host,
      },
      systemActor('sys_console', org),
      { case: id, purpose, key: deps.newId('export') },
    )
    if (isRefusal(files)) throw new Error(`${files.sentence} ${files.remedy}`)
    const written = await writeOut(files, out)
    const text = `Case ${id} is in ${out}: ${written.files} files. Check it with: npx on-record verify ${out}`
    return { text, json: { case: id, out, ...written } }
  } finally {
    await readers.end()
  }
}

/** By number as people say it, or by id as links do. */
async function find({ deps, org }: Installation, name: string): Promise<string> {
  const number = /^#?(\d{1,9})$/.exec(name)?.[1]
  const [found] = await within(deps.sql, org, (tx) =>
    number
      ? tx<{ id: string }[]>`select id from case_file where org = ${org} and number = ${Number(number)}`
      : tx<{ id: string }[]>`select id from case_file where org = ${org} and id = ${name}`,
  )
  if (!found) throw new Error(`There is no case ${name}.`)
  return found.id
}

const PATIENCE_MS = 90_000

/** The case that the sample's own executor worked; just after the first start it may still be at it. */
async function sampleCase({ deps, org }: Installation): Promise<string> {
  if (org !== SAMPLE_ORG)
    throw new Error('This installation has no sample organisation: name a case with --case.')
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await pause(500)) {
    const [first] = await within(
      deps.sql,
      org,
      (tx) => tx<{ id: string }[]>`
        select f.id from case_file f join case_message m on m.org = f.org and m."case" = f.id
        where f.org = ${org} and m.key = 'sample:closed' and f.stage = 'closed'`,
    )
    if (first) return first.id
  }
  throw new Error(
    "The sample's case is not closed yet. Is the executor running? Its log is in the data folder.",
  )
}
