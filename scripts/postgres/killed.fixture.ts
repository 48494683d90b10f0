import { startPostgres } from './embedded'

const folder = process.argv[2]
if (!folder) throw new Error('name a folder')
const { pid, port } = await startPostgres({ folder })
process.stdout.write(JSON.stringify({ pid, port }))
setInterval(() => {}, 1_000)
