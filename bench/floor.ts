import { randomBytes } from 'node:crypto'
import { connect } from '../db/client'
import type { Floor } from './client'
import { type Sample, sampled } from './sample'

const ROWS = 10_000

/** The tables of F, in a database of their own on the same server. */
export async function prepareFloor(admin: (database: string) => string): Promise<string> {
  const maker = connect(admin('postgres'), 1, 'on-record bench')
  await maker.unsafe('create database bench_floor')
  await maker.end()
  const sql = connect(admin('bench_floor'), 1, 'on-record bench')
  await sql.unsafe(
    'create table event (id bigint generated always as identity primary key, body bytea not null)',
  )
  await sql.unsafe(
    'create table file (id integer primary key, version integer not null, at timestamptz not null)',
  )
  await sql`insert into file select n, 0, now() from generate_series(0, ${ROWS - 1}) n`
  await sql.unsafe('vacuum analyze file')
  await sql.end()
  return admin('bench_floor')
}

/** F: PostgreSQL's own floor. One statement, so one durable transaction: insert an event of 1 kB, update one row. */
export async function measureFloor(
  { database, clients, ...times }: Floor,
  begun: () => void,
): Promise<Sample> {
  const sql = connect(database, clients, 'on-record bench')
  const body = randomBytes(1024)
  try {
    return await sampled({ clients, ...times }, begun, async (client, count) => {
      const row = (client * 331 + count * 7919) % ROWS
      await sql`
        with kept as (insert into event (body) values (${body}) returning id)
        update file set version = version + 1, at = now() where id = ${row} and exists (select 1 from kept)`
    })
  } finally {
    await sql.end()
  }
}
