import { describe, expect, it } from 'vitest'
import { readSettings } from './settings'

const SERVER = {
  DATABASE_URL: 'postgres://owner:password@db.example:5432/record',
  AUTH_SECRET: 'abcdefghijklmnopqrstuvwxyz0123456789',
  ON_RECORD_KEY_ENCRYPTION_KEY: 'N7gk2vWmJ0b8cB1kq9u5xv3r0sT4yQeHfLzXaPnRiUw',
  ON_RECORD_URL: 'https://record.example',
  OIDC_ISSUER: 'https://login.example',
  OIDC_CLIENT_ID: 'on-record',
  OIDC_CLIENT_SECRET: 'secret',
  ON_RECORD_ORG_NAME: 'Example',
  ON_RECORD_ADMIN_EMAIL: 'admin@record.example',
}

function problems(env: Record<string, string>): readonly string[] {
  const read = readSettings(env, '/home/record', false)
  return 'problems' in read ? read.problems : []
}

describe('the settings', () => {
  it('need nothing on one machine: it is served on loopback, with the sample organisation', () => {
    expect(readSettings({}, '/home/record', false)).toEqual({
      mode: 'local',
      host: '127.0.0.1',
      port: 3000,
      url: 'http://localhost:3000',
      data: '/home/record/.on-record',
      dev: false,
    })
  })

  it('take PORT, ON_RECORD_DATA and ON_RECORD_URL', () => {
    const env = { PORT: '8080', ON_RECORD_DATA: '/var/lib/record', ON_RECORD_URL: 'http://localhost:8080/' }
    expect(readSettings(env, '/home/record', false)).toMatchObject({
      port: 8080,
      url: 'http://localhost:8080',
      data: '/var/lib/record',
    })
  })

  it('with a DATABASE_URL are those of a server, without sample people', () => {
    const read = readSettings(SERVER, '/home/record', false)
    expect(read).toMatchObject({
      mode: 'server',
      organisation: { name: 'Example', admin: 'admin@record.example' },
    })
  })

  it.each(Object.keys(SERVER).filter((name) => name !== 'DATABASE_URL'))(
    'with a DATABASE_URL need %s, and say so',
    (name) => {
      const { [name]: _, ...rest } = SERVER as Record<string, string>
      expect(problems(rest)).toEqual([expect.stringMatching(new RegExp(`^${name} is missing: .*[.]$`))])
    },
  )

  it('C70 refuse a key for private keys that is none, and a second one beside it', () => {
    const key = { ...SERVER, ON_RECORD_KEY_ENCRYPTION_KEY: 'too short' }
    expect(problems(key)).toEqual([
      'ON_RECORD_KEY_ENCRYPTION_KEY must be 32 random bytes in base64url: 43 characters.',
    ])
    expect(problems({ ...SERVER, ON_RECORD_KMS_COMMAND: '/usr/bin/kms' })).toEqual([
      'Set ON_RECORD_KEY_ENCRYPTION_KEY or ON_RECORD_KMS_COMMAND, not both: keys are encrypted under one.',
    ])
    const { ON_RECORD_KEY_ENCRYPTION_KEY: _, ...command } = {
      ...SERVER,
      ON_RECORD_KMS_COMMAND: '/usr/bin/kms',
    }
    expect(problems(command)).toEqual([])
  })

  it('name everything that is missing at once', () => {
    expect(problems({ DATABASE_URL: SERVER.DATABASE_URL })).toHaveLength(8)
  })

  it.each([
    ['PORT', { PORT: 'http' }],
    ['PORT', { PORT: '70000' }],
    ['ON_RECORD_URL', { ON_RECORD_URL: 'record.example' }],
    ['ON_RECORD_URL', { ...SERVER, ON_RECORD_URL: 'http://record.example' }],
    ['AUTH_SECRET', { ...SERVER, AUTH_SECRET: 'too short' }],
    ['DATABASE_URL', { ...SERVER, DATABASE_URL: 'mysql://db' }],
    ['OIDC_ISSUER', { ...SERVER, OIDC_ISSUER: 'login' }],
    ['ON_RECORD_ADMIN_EMAIL', { ...SERVER, ON_RECORD_ADMIN_EMAIL: 'admin' }],
  ])('refuse a %s that can not be meant', (name, env) => {
    expect(problems(env)).toEqual([expect.stringContaining(name)])
  })

  it('never serve the sample people to other machines', () => {
    expect(problems({ ON_RECORD_URL: 'http://record.example' })).toEqual([
      expect.stringContaining('this machine alone'),
    ])
    expect(readSettings({ ON_RECORD_HOST: '0.0.0.0' }, '/home/record', false)).toMatchObject({
      host: '127.0.0.1',
    })
  })

  it('say nothing of the secrets that they refuse', () => {
    expect(problems({ ...SERVER, AUTH_SECRET: 'hunter2' }).join()).not.toContain('hunter2')
    expect(problems({ ...SERVER, DATABASE_URL: 'mysql://a:hunter2@db' }).join()).not.toContain('hunter2')
  })
})
