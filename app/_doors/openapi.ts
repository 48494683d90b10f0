import { z } from 'zod'
import { KINDS } from '@/lib/act/kinds'
import type { StreamKind } from '@/lib/act/spec'
import { slugOf } from './act'
import { ADDRESSES, type Address } from './addresses'

type Json = Record<string, unknown>

/** OpenAPI 3.1 of every address, generated from the command tables: what a command takes is said once. */
export function openapi(origin: string): Json {
  const paths: Record<string, Json> = {}
  for (const address of [...ADDRESSES, ...commands()]) {
    const name = address.method.toLowerCase()
    paths[address.path] = { ...paths[address.path], [name]: operation(address) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'On Record',
      version: '1',
      description: 'The desk uses this very API.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: origin }],
    security: [{ session: [] }, { token: [] }],
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-on-record' },
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'From /api/v1/token; each request carries a DPoP proof of its own (RFC 9449).',
        },
      },
      responses: {
        Refusal: {
          description: 'An expected no: what happened, and what would change it.',
          content: { 'application/json': { schema: REFUSAL } },
        },
      },
    },
  }
}

const REFUSAL: Json = {
  type: 'object',
  required: ['refused', 'code', 'sentence', 'remedy'],
  properties: {
    refused: { const: true },
    code: { type: 'string' },
    sentence: { type: 'string' },
    remedy: { type: 'string' },
    field: { type: 'string' },
    existing: { type: 'string' },
    version: { type: 'integer' },
    rules: { type: 'array', items: { type: 'string' } },
    missing: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'sentence', 'command'],
        properties: { name: { type: 'string' }, sentence: { type: 'string' }, command: { type: 'string' } },
      },
    },
  },
}

const BASES: Readonly<Record<StreamKind, string>> = {
  case: '/api/v1/cases/{id}',
  nhi: '/api/v1/nhis/{id}',
  registry: '/api/v1/registry',
}

/** Each command that has an address of its own. */
function commands(): Address[] {
  return Object.entries(KINDS).flatMap(([kind, { commands: table }]) =>
    Object.entries(table)
      .filter(([, spec]) => spec.doors === 'desk' && !spec.creates)
      .map(([name, spec]) => ({
        method: 'POST',
        path: `${BASES[kind as StreamKind]}/${slugOf(name)}`,
        summary: spec.summary,
        input: spec.input,
        id: name,
      })),
  )
}

function operation({ method, path, summary, input, id, body, query, answers, open }: Address): Json {
  const keyed = method === 'POST' && !open
  const headers = keyed
    ? [
        header('Idempotency-Key', 'A UUID: the same key gets the same answer.'),
        header('If-Match', 'The version that you saw, in quotes.'),
      ]
    : []
  return {
    operationId:
      id ??
      `${method.toLowerCase()}${path.replace(/[^A-Za-z0-9]+(.)?/g, (_, letter: string | undefined) => (letter ?? '').toUpperCase())}`,
    summary,
    ...(open ? { security: [] } : {}),
    parameters: [
      ...(path.match(/\{(\w+)\}/g) ?? []).map((part) => parameter(part.slice(1, -1), 'path', true)),
      ...(query ?? []).map((name) => parameter(name, 'query', false)),
      ...headers,
    ],
    ...(input
      ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(input) } } } }
      : {}),
    ...(body ? { requestBody: { required: true, content: { [body]: {} } } } : {}),
    responses: {
      '2XX': { description: 'Done.', content: { [answers ?? 'application/json']: {} } },
      default: { $ref: '#/components/responses/Refusal' },
    },
  }
}

function schemaOf(input: z.ZodType): Json {
  const { $schema: _, ...schema } = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })
  return schema
}

function parameter(name: string, where: string, required: boolean): Json {
  return { name, in: where, required, schema: { type: 'string' } }
}

function header(name: string, description: string): Json {
  return { ...parameter(name, 'header', false), description }
}
