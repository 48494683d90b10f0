import type { TestProject } from 'vitest/node'
import { temporaryPostgres } from '../postgres/temporary'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The superuser's address at the run's own PostgreSQL. */
    cluster: string
  }
}

/** One PostgreSQL for a whole run; each test file makes its own database in it. */
export default async function setup(project: TestProject) {
  const server = await temporaryPostgres()
  project.provide('cluster', server.url('postgres'))
  return () => server.stop()
}
