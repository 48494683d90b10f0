import { ed25519Signer } from '@/lib/record/signature'
import { connect } from '../client'
import { contentStore } from '../content/store'
import { SAMPLE_ORG } from '../seed/people'
import { exporter } from './exporter'
import { exportFiles } from './files'

// Writes exports until it is killed.
const [url = '', folder = '', home = ''] = process.argv.slice(2)
const signer = ed25519Signer(new Uint8Array(32).fill(9))
const sql = connect(url, 2, 'a writer that is killed')
await exporter({
  exporting: { sql, content: contentStore(sql, folder), software: 'On Record (test)', home },
  files: exportFiles(folder),
  key: async () => ({ signer, principal: 'record.example' }),
  ...{ org: SAMPLE_ORG, writer: `process ${process.pid}`, most: 1, large: 0 },
  report: () => undefined,
}).run(new AbortController().signal)
