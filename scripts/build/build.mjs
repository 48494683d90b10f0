import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prepare } from './prepare.mjs'

await prepare(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), { web: true })
