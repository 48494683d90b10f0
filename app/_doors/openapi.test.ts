import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { KINDS } from '@/lib/act/kinds'
import { slugOf } from './act'
import { openapi } from './openapi'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
const document = openapi('https://record.example') as {
  openapi: string
  paths: Record<
    string,
    Record<
      string,
      {
        operationId: string
        parameters: { name: string; in: string }[]
        requestBody?: {
          content: Record<string, { schema?: { properties?: object; additionalProperties?: boolean } }>
        }
      }
    >
  >
}

/** Every route of the app: `app/api/v1/cases/[id]/route.ts` -> `/api/v1/cases/{id}`. */
function routes(folder: string): { path: string; methods: string[] }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('route.ts') && !file.includes('[...unknown]'))
    .map((file) => {
      const source = readFileSync(join(folder, file), 'utf8')
      const path = `/${join(folder, file)}`
        .replace('/app', '')
        .replace('/route.ts', '')
        .replace(/\[(?:\.\.\.)?(\w+)\]/g, '{$1}')
      return {
        path,
        methods: METHODS.filter((method) =>
          new RegExp(`export (?:const|function|async function) ${method}\\b`).test(source),
        ),
      }
    })
}

const all = [...routes('app/api'), ...routes('app/.well-known')]

describe('the OpenAPI document', () => {
  it('holds every route that there is', () => {
    expect(all.length).toBeGreaterThan(30)
    const generic = all.filter(({ path }) => path.endsWith('/{command}'))
    expect(generic.map(({ path }) => path).sort()).toEqual([
      '/api/v1/cases/{id}/{command}',
      '/api/v1/nhis/{id}/{command}',
      '/api/v1/registry/{command}',
    ])
    const missing = all
      .filter((route) => !generic.includes(route))
      .flatMap(({ path, methods }) =>
        methods
          .filter((method) => !document.paths[path]?.[method.toLowerCase()])
          .map((method) => `${method} ${path}`),
      )
    expect(missing).toEqual([])
  })

  it('promises nothing that has no route', () => {
    const real = all.flatMap(({ path, methods }) => methods.map((method) => `${method} ${path}`))
    const promised = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const commands = promised.filter((each) => !real.includes(each))
    const expected = Object.entries(KINDS).flatMap(([kind, { commands: table }]) =>
      Object.entries(table).flatMap(([name, spec]) =>
        spec.doors === 'desk' && !spec.creates
          ? [`POST ${kind === 'registry' ? '/api/v1/registry' : `/api/v1/${kind}s/{id}`}/${slugOf(name)}`]
          : [],
      ),
    )
    expect(commands.sort()).toEqual(expected.sort())
  })

  it('C17 says of every command which fields it takes, and that it takes no others', () => {
    const schema =
      document.paths['/api/v1/cases/{id}/close-case']?.post?.requestBody?.content['application/json']?.schema
    expect(schema?.properties).toHaveProperty('disposition')
    expect(schema?.additionalProperties).toBe(false)
  })

  it('C01 has no address by which anything but a person at the desk could approve', () => {
    const approving = Object.keys(document.paths).filter((path) => /approve|approval/.test(path))
    expect(approving.sort()).toEqual(['/api/v1/approvals', '/api/v1/cases/{id}/approve-action'])
  })

  it('gives each operation a name of its own, and says its path’s parameters', () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.values(methods).map((operation) => ({ path, ...operation })),
    )
    expect(new Set(operations.map((each) => each.operationId)).size).toBe(operations.length)
    for (const { path, parameters } of operations) {
      const named = (path.match(/\{(\w+)\}/g) ?? []).map((part) => part.slice(1, -1))
      expect(parameters.filter((each) => each.in === 'path').map((each) => each.name)).toEqual(named)
    }
  })
})
