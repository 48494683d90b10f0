import { parseArgs } from 'node:util'
import { connect } from '../db/client'
import { askHistory, historyTable, loadEvents } from './history'
import { startInstallation } from './installation'
import { signIn } from './people'

const HELP = `npm run bench -- --history [--events <number>] [--as-built]

What an auditor asks of the history, among 10,000 events and among --events (1000000).
`
const FEW = 10_000

export async function main(args: string[]): Promise<void> {
  const options = {
    history: { type: 'boolean' },
    events: { type: 'string', default: '1000000' },
    'as-built': { type: 'boolean' },
    help: { type: 'boolean' },
  } as const
  const { values } = parseArgs({ args, options })
  if (values.help) return void process.stdout.write(HELP)
  const most = Number(values.events)
  const installation = await startInstallation(process.env.ON_RECORD_HOME ?? process.cwd())
  const admin = connect(installation.admin('on_record'), 1, 'on-record bench')
  try {
    const cookie = await signIn(installation.url, 'usr_esther')
    await loadEvents(admin, 0, FEW)
    const few = await askHistory(installation.url, cookie, FEW)
    await loadEvents(admin, FEW, most)
    const many = await askHistory(installation.url, cookie, most)
    process.stdout.write(`${historyTable([...few, ...many])}\n`)
  } finally {
    await admin.end()
    await installation.stop()
  }
}
