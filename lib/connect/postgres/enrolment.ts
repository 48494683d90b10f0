import { grantorRole, quoteName, quoteText } from './names'

export type Enrolment = {
  /** The executor's login. It owns nothing and reads no table of yours. */
  readonly executor: string
  /** From `scramVerifier`. */
  readonly verifier: string
  readonly roles: readonly string[]
  readonly groups: readonly string[]
}

/**
 * What a superuser of the target runs once, in the database where the markers are to live; running it again changes nothing.
 * The executor gets CREATEROLE, and ADMIN OPTION on exactly the roles it manages, without inheriting or becoming them. Since PostgreSQL 16
 * only a membership's grantor can revoke it, so managed memberships are granted again through a role of their own.
 */
export function enrolmentSql({ executor, verifier, roles, groups }: Enrolment): string {
  const login = quoteName(executor)
  return [
    ...['onrecord_marker', 'onrecord_sessions', executor, ...groups.map(grantorRole)].map(createRole),
    `alter role ${login} login createrole nosuperuser nocreatedb noreplication nobypassrls connection limit 8 password ${quoteText(verifier)};`,
    ...roles.map((role) => adminOnly(role, executor)),
    ...groups.map(
      (group) => `${adminOnly(group, grantorRole(group))}\n${adminOnly(grantorRole(group), executor)}`,
    ),
    ...groups.flatMap((group) => roles.map((role) => grantAgain(group, role))),
    SCHEMA,
    `delete from onrecord.managed where not account = any (array[${roles.map(quoteText).join(', ')}]::text[]);`,
    ...roles.map(
      (role) => `insert into onrecord.managed values (${quoteText(role)}) on conflict do nothing;`,
    ),
    `grant onrecord_marker to ${login} with admin true, inherit true, set false;`,
  ].join('\n')
}

function createRole(name: string): string {
  return `do $$ begin create role ${quoteName(name)} nologin; exception when duplicate_object then null; end $$;`
}

function adminOnly(role: string, to: string): string {
  return `grant ${quoteName(role)} to ${quoteName(to)} with admin true, inherit false, set false;`
}

function grantAgain(group: string, role: string): string {
  const [g, r, by] = [quoteName(group), quoteName(role), quoteName(grantorRole(group))]
  return `do $$ declare was record; begin
  for was in select m.grantor::regrole as grantor, m.inherit_option::text, m.set_option::text from pg_catalog.pg_auth_members m
    where m.roleid = ${quoteText(quoteName(group))}::regrole and m.member = ${quoteText(quoteName(role))}::regrole
      and m.grantor <> ${quoteText(by)}::regrole and not m.admin_option
  loop
    execute format('grant ${g} to ${r} with inherit %s, set %s granted by ${by}', was.inherit_option, was.set_option);
    execute format('revoke ${g} from ${r} granted by %s', was.grantor);
  end loop;
end $$;`
}

/** Markers can be added, never changed. Sessions are counted and ended for managed roles only, by functions that say so themselves. */
const SCHEMA = `
create schema if not exists onrecord;
revoke all on schema onrecord from public;
grant usage on schema onrecord to onrecord_marker, onrecord_sessions;
create table if not exists onrecord.managed (account text primary key);
create table if not exists onrecord.applied (
  jti text not null, step text not null check (step in ('change', 'sessions')),
  outcome text not null check (outcome in ('applied', 'abandoned')),
  digest text not null, kind text not null, account text not null,
  by_role text not null default current_user, at timestamptz not null default clock_timestamp(),
  primary key (jti, step));
create index if not exists applied_digest on onrecord.applied (digest);
grant select, insert on onrecord.applied to onrecord_marker;
grant select on onrecord.managed to onrecord_sessions;
create or replace function onrecord.sessions(wanted text, before timestamptz default 'infinity') returns integer
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*)::integer from pg_stat_activity a join onrecord.managed m on m.account = a.usename
  where a.usename = wanted and a.backend_start < before and a.pid <> pg_backend_pid() $$;
create or replace function onrecord.end_sessions(wanted text) returns integer
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select count(*) filter (where pg_terminate_backend(a.pid, 2000))::integer from pg_stat_activity a
  join onrecord.managed m on m.account = a.usename where a.usename = wanted and a.pid <> pg_backend_pid() $$;
alter function onrecord.sessions(text, timestamptz) owner to onrecord_sessions;
alter function onrecord.end_sessions(text) owner to onrecord_sessions;
revoke all on function onrecord.sessions(text, timestamptz), onrecord.end_sessions(text) from public;
grant execute on function onrecord.sessions(text, timestamptz), onrecord.end_sessions(text) to onrecord_marker;
grant pg_signal_backend, pg_read_all_stats to onrecord_sessions;
`
