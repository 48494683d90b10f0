import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { connect } from './client'
import { closeDoor } from './migrate'

/** A migrated database of its own: a copy of the one that the run made at its start. Answers with the superuser's address. */
export async function migratedDatabase(): Promise<string> {
  const name = `test_${randomUUID().slice(0, 8)}`
  const url = new URL(inject('cluster'))
  const maker = connect(url.href, 1, 'test')
  await maker.unsafe(`create database ${name} template ${inject('migrated')}`)
  await maker.end()
  url.pathname = `/${name}`
  const admin = connect(url.href, 1, 'test')
  await closeDoor(admin) // all of a database is copied but who may enter it
  await admin.end()
  return url.href
}
