import { randomUUID } from 'node:crypto'
import { type APIRequest, type APIResponse, expect } from '@playwright/test'
import type { CaseFile } from '@/lib/act/view/case'
import { PEOPLE, type Person } from './people'

/** A connection that was idle may end just as it is used again (RFC 9112, 9.3.1): what is asked here is safe to ask again, by its key. */
const AGAIN = { maxRetries: 2 } as const

export type Api = Awaited<ReturnType<typeof apiOf>>

/** The public API as one person uses it. */
export async function apiOf(requests: APIRequest, origin: string, person: Person) {
  const request = await requests.newContext({ baseURL: origin, extraHTTPHeaders: { origin } })
  const signedIn = await request.post('/api/auth/local', { data: { person: PEOPLE[person].id } })
  expect(signedIn.ok(), `${person} signs in`).toBe(true)

  const ask = (path: string, data: unknown, headers: Record<string, string> = {}): Promise<APIResponse> =>
    request.post(path, {
      data: data as object,
      headers: { 'Idempotency-Key': randomUUID(), ...headers },
      ...AGAIN,
    })

  /** Answers with the body; an answer that isn't a success fails the journey with what it says. */
  const done = async <T>(path: string, data: unknown): Promise<T> => {
    const answer = await ask(path, data)
    expect(answer.ok(), `${person} posts ${path}: ${await answer.text()}`).toBe(true)
    return (await answer.json()) as T
  }
  const get = async <T>(path: string): Promise<T> => {
    const answer = await request.get(path, AGAIN)
    expect(answer.ok(), `${person} gets ${path}: ${answer.status()}`).toBe(true)
    return (await answer.json()) as T
  }
  return {
    request,
    ask,
    get,
    promote: (finding: object) =>
      done<{ case: string; number: number; existing: boolean }>('/api/v1/promotions', finding),
    /** A command on a case. */
    act: (id: string, slug: string, input: object = {}) => done(`/api/v1/cases/${id}/${slug}`, input),
    nhi: (id: string, slug: string, input: object = {}) => done(`/api/v1/nhis/${id}/${slug}`, input),
    file: (id: string) => get<CaseFile>(`/api/v1/cases/${id}`),
    close: () => request.dispose(),
  }
}

/** The case's file once something is true of it: what others do takes its moment. */
export async function until(api: Api, id: string, holds: (file: CaseFile) => unknown): Promise<CaseFile> {
  let file = await api.file(id)
  await expect
    .poll(
      async () => {
        file = await api.file(id)
        return Boolean(holds(file))
      },
      { timeout: 20_000, intervals: [100, 200, 300] },
    )
    .toBe(true)
  return file
}

/** Over the API: approved by somebody who read the statement. */
export async function approve(api: Api, id: string, request: string): Promise<APIResponse> {
  const { statement } = await api.get<{ statement: string }>(
    `/api/v1/cases/${id}/actions/${request}/statement?decision=approve`,
  )
  return api.ask(`/api/v1/cases/${id}/approve-action`, { request, statement, dwell_ms: 20_000 })
}
