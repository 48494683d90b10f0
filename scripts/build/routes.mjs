import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { OF_NEXT } from '../web/of-next.mjs'

/**
 * The API's addresses and their files, as the folders say it: `v1/cases/[id]/route.ts` -> `/api/v1/cases/[id]`.
 * @param {string} root
 */
export function apiRoutes(root) {
  return readdirSync(join(root, 'app', 'api'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('/route.ts') && !OF_NEXT.includes(file.split('/', 1)[0] ?? ''))
    .sort()
    .map((file) => ({ address: `/api/${file.slice(0, -'/route.ts'.length)}`, file: `@/app/api/${file}` }))
}

/**
 * `on-record:routes`: the table of the API's routes, written by the folders, so that nobody can forget a line of it.
 * @param {string} root
 * @returns {import('esbuild').Plugin}
 */
export function routesOf(root) {
  return {
    name: 'routes',
    setup(build) {
      build.onResolve({ filter: /^on-record:routes$/ }, ({ path }) => ({ path, namespace: 'routes' }))
      build.onLoad({ filter: /.*/, namespace: 'routes' }, () => {
        const routes = apiRoutes(root)
        const imports = routes.map(({ file }, at) => `import * as r${at} from '${file}'`)
        const table = routes.map(({ address }, at) => `['${address}', r${at}]`)
        const contents = `${imports.join('\n')}\nexport const routes = [${table.join(', ')}]`
        return { contents, loader: 'ts', resolveDir: root }
      })
    },
  }
}
