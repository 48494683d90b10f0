import { type Finding, isMarkerAt, isPlaceholder, RANK, type Rule } from './finding'
import { next } from './next'

const NAMES = new Map(
  Object.entries({
    postgres: 'postgres',
    postgresql: 'postgres',
    mysql: 'mysql',
    mariadb: 'mysql',
    mongodb: 'mongodb',
    'mongodb+srv': 'mongodb',
    redis: 'redis',
    rediss: 'redis',
    amqp: 'amqp',
    amqps: 'amqp',
    http: 'web',
    https: 'web',
    ftp: 'ftp',
    sftp: 'ftp',
    ldap: 'ldap',
    ldaps: 'ldap',
    smtp: 'smtp',
    smtps: 'smtp',
    clickhouse: 'clickhouse',
    mssql: 'mssql',
    sqlserver: 'mssql',
    nats: 'nats',
    snowflake: 'snowflake',
  }),
)
const LONGEST_SCHEME = 24
const LONGEST_URI = 1_024
const isSchemeCharacter = (character: string | undefined) =>
  character !== undefined && /[A-Za-z0-9+.-]/.test(character)

/** `scheme://user:password@host/path`: the password alone is the secret; user and host say whose. RFC 3986 3.2.1. */
export const uriPasswords: Rule = (text) => {
  const found: Finding[] = []
  const ends = next(text, /[\s"'`<>\\|]/)
  let at = text.indexOf('://')
  while (at !== -1) {
    const finding = passwordAt(text, at, ends)
    if (finding) found.push(finding)
    at = text.indexOf('://', finding ? finding.end : at + 3)
  }
  return found
}

function passwordAt(text: string, colon: number, ends: (from: number) => number): Finding | null {
  const start = colon + 3
  const end = Math.min(ends(start), start + LONGEST_URI)
  const uri = text.slice(start, end)
  const scheme = schemeBefore(text, colon)
  const split = splitUserinfo(uri, NAMES.get(scheme) === 'web' || scheme === 'ftp')
  if (!split) return null
  const { user, password, host } = split
  const from = start + user.length + 1
  if (password === '' || isPlaceholder(password) || isMarkerAt(text, from)) return null
  const name = `${NAMES.get(scheme) ?? 'connection'} password`
  return {
    start: from,
    end: from + password.length,
    kind: name.replaceAll(' ', '-'),
    name,
    where: whereOf(user, host),
    value: decoded(password),
    rank: RANK.uri,
  }
}

function schemeBefore(text: string, colon: number): string {
  let from = colon
  while (from > 0 && colon - from < LONGEST_SCHEME && isSchemeCharacter(text[from - 1])) from--
  return text.slice(from, colon).toLowerCase()
}

/** People paste passwords with `@` and `/` in them unencoded: then the last `@` is where the host starts. */
function splitUserinfo(
  uri: string,
  strict: boolean,
): { user: string; password: string; host: string } | null {
  const authority = uri.split(strict ? /[/?#]/ : '?', 1)[0] ?? ''
  const at = authority.lastIndexOf('@')
  if (at === -1) return null
  const userinfo = uri.slice(0, at)
  const colon = userinfo.indexOf(':')
  if (colon === -1) return null
  const password = userinfo.slice(colon + 1)
  if (/^\d{1,5}[/?#]/.test(password)) return null
  return { user: userinfo.slice(0, colon), password, host: uri.slice(at + 1) }
}

function whereOf(user: string, rest: string): string {
  const host = rest.replace(/[?#].*$/s, '').slice(0, 120)
  return user === '' ? `${host}` : `${decoded(user).slice(0, 60)} at ${host}`
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
