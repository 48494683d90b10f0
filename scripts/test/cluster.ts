import type { TestProject } from 'vitest/node'
import { connect } from '../../db/client'
import { migrateDatabase } from '../../db/migrate'
import { SECRET } from '../../db/secret.test-support'
import { temporaryPostgres } from '../postgres/temporary'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The superuser's address at the run's own PostgreSQL. */
    cluster: string
    /** The name of a database there that is migrated and otherwise empty, to be copied. */
    migrated: string
  }
}

const MIGRATED = 'migrated'

/** One PostgreSQL for a whole run, in which each test file makes its own database; and one folder for all files that tests put down. */
export default async function setup(project: TestProject) {
  const server = await temporaryPostgres()
  process.env.TMPDIR = server.files
  const maker = connect(server.url('postgres'), 1, 'test')
  await maker.unsafe(`create database ${MIGRATED}`)
  await maker.end()
  await migrateDatabase(server.url(MIGRATED), SECRET, 'db')
  project.provide('cluster', server.url('postgres'))
  project.provide('migrated', MIGRATED)
  return () => server.stop()
}
