import { startPostgres } from './embedded'
import { temporaryPostgres } from './temporary'

const place = process.argv[2]
if (!place) throw new Error('name a folder, or say temporary')
const { pid, port, folder } =
  place === 'temporary' ? await temporaryPostgres() : await startPostgres({ folder: place })
process.stdout.write(JSON.stringify({ pid, port, folder }))
setInterval(() => {}, 1_000)
