import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import { runMigrations } from 'graphile-worker'
import { type Client, connect, sqlState } from './client'
import { ERASER_ROLE, passwordOf, ROLES, SEARCH_ROLE, urlAs } from './roles'

/**
 * Makes the roles, the tables, the rules and the job queue; changes nothing where they stand already.
 * `folder`: db/, with `migrations/`, of which each is applied once, and `functions/`, which are written anew each time.
 */
export async function migrateDatabase(adminUrl: string, secret: string, folder: string): Promise<void> {
  const admin = connect(adminUrl, 1, 'on-record migrate')
  try {
    await admin`select pg_advisory_lock(hashtext('on-record migrate'))`
    await makeRoles(admin, secret)
    await migrate(drizzle(admin), { migrationsFolder: join(folder, 'migrations') })
    await makeFunctions(admin, join(folder, 'functions'))
    await closeDoor(admin)
    await makeQueue(admin, urlAs('on_record_worker', adminUrl, secret))
  } finally {
    await admin.end()
  }
}

async function makeRoles(admin: Client, secret: string): Promise<void> {
  for (const role of ROLES) {
    const [known] = await admin`select 1 from pg_roles where rolname = ${role}`
    const password = passwordOf(role, secret)
    const make = `create role ${role} login nosuperuser nobypassrls password '${password}'`
    await raced(() => admin.unsafe(known ? `alter role ${role} password '${password}'` : make))
  }
  for (const role of [SEARCH_ROLE, ERASER_ROLE]) {
    const [known] = await admin`select 1 from pg_roles where rolname = ${role}`
    if (!known) await raced(() => admin.unsafe(`create role ${role} nologin nosuperuser nobypassrls`))
    await raced(() => admin.unsafe(`grant ${role} to current_user`))
  }
}

/** Roles belong to the whole server: another database on it may be migrated at the same moment. */
const OVERTAKEN = ['XX000', '23505']
const ALREADY_MADE = '42710'
const PATIENCE = 20

async function raced(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work()
      return
    } catch (error) {
      const state = sqlState(error)
      if (state === ALREADY_MADE) return
      if (attempt === PATIENCE || !OVERTAKEN.includes(state ?? '')) throw error
      await pause(25 * attempt)
    }
  }
}

/** All of them or none, so that no process finds half of a version. */
async function makeFunctions(admin: Client, folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  // They call one another, whatever the order of their files.
  const text = ['set local check_function_bodies = off;', ...texts].join('\n')
  await admin.begin((transaction) => transaction.unsafe(text))
}

/** Other roles of the same server, an executor's or a service account's, have no business in this database. */
export async function closeDoor(admin: Client): Promise<void> {
  await admin.unsafe(`do $$ begin
    execute format('revoke connect on database %I from public', current_database());
    execute format('grant connect on database %I to ${ROLES.join(', ')}', current_database());
  end $$`)
}

/** The queue's schema belongs to the worker. Others add jobs through `enqueue`, which runs as the worker. */
async function makeQueue(admin: Client, workerUrl: string): Promise<void> {
  await admin.unsafe(
    `do $$ begin execute format('grant create on database %I to on_record_worker', current_database()); end $$`,
  )
  await runMigrations({ connectionString: workerUrl })
  // An owner that is no superuser needs it to name what is in the queue's schema.
  await raced(() => admin.unsafe('grant on_record_worker to current_user'))
  await admin.unsafe(`
    create or replace function enqueue(job text, payload json, job_key text, run_at timestamptz) returns void
      language plpgsql security definer set search_path = graphile_worker, pg_temp as $$
      declare queued bigint;
      begin
        -- Where a worker takes the job of this key just now, add_job sees that too late and adds nothing. Asked again, it knows.
        for attempt in 1..20 loop
          select each.id into queued from graphile_worker.add_job(job, payload, job_key => job_key, run_at => run_at) as each;
          if queued is not null then return; end if;
        end loop;
        raise exception 'the job could not be queued';
      end $$`)
  // Who has taken the job of this key just now finds nothing to do any more; it is not tried again.
  await admin.unsafe(`
    create or replace function dequeue(job_key text) returns void
      language plpgsql security definer set search_path = graphile_worker, pg_temp as $$
      begin
        perform graphile_worker.remove_job(job_key);
      end $$`)
  await admin.unsafe(
    `do $$ begin execute format('revoke create on database %I from on_record_worker', current_database()); end $$`,
  )
  await admin.unsafe('grant create on schema public to on_record_worker')
  const both = 'enqueue(text, json, text, timestamptz), dequeue(text)'
  await admin.unsafe('alter function enqueue(text, json, text, timestamptz) owner to on_record_worker')
  await admin.unsafe('alter function dequeue(text) owner to on_record_worker')
  await admin.unsafe('revoke create on schema public from on_record_worker')
  await admin.unsafe(`revoke all on function ${both} from public`)
  await admin.unsafe(`grant execute on function ${both} to on_record_app`)
}
