import { rewrap } from './rewrap'
import { keyBytes, localWrapper } from './wrapper'

const [folder = '', from = '', to = ''] = process.argv.slice(2)
rewrap([{ folder, from: localWrapper(keyBytes(from)), to: localWrapper(keyBytes(to)) }])
