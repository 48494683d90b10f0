import { rules } from '@secretlint/secretlint-rule-preset-recommend'
import { type Finding, RANK } from './finding'

const ID = '@secretlint/secretlint-rule-'

type Rule = (typeof rules)[number]
type Context = Parameters<Rule['create']>[0]
type Source = Parameters<NonNullable<ReturnType<Rule['create']>['file']>>[0]
type Report = {
  ruleId: string
  messageId: string
  range: readonly [number, number]
  data: object | undefined
}

/**
 * secretlint's rules one by one, without `filter-comments`: with it, a message that contains `secretlint-disable`
 * would switch the masking off. They are run here and not by `@secretlint/core`, whose profiler keeps every mark it
 * ever made and searches them all: after some thousand texts a process does little else.
 */
const looks = rules
  .filter((rule) => rule.meta.id !== `${ID}filter-comments`)
  .map((rule) => (rule.meta.id === `${ID}aws` ? lookingForAws(rule) : looking(rule)))

type Look = (source: Source) => readonly Report[]

/** Wider than the form of an access key's id. Who looks for ids looks for account numbers too, which takes longer than all other rules together. */
const LIKE_AN_ID = /A[A-Z0-9]{19}/

function lookingForAws(rule: Rule): Look {
  const [look, withIds] = [looking(rule), looking(rule, { enableIDScanRule: true })]
  return (source) => (LIKE_AN_ID.test(source.content) ? withIds(source) : look(source))
}

/** A rule, made ready once. It has looked when it returns: to wait for each took longer than all of them. */
function looking(rule: Rule, options = {}): Look {
  const { id } = rule.meta
  let reports: Report[] = []
  const context: Context = {
    sharedOptions: {},
    createTranslator: () => (messageId, data) => ({ message: '', messageId: String(messageId), data }),
    report: ({ message, range }) => {
      reports.push({ ruleId: id, messageId: message.messageId, range, data: message.data })
    },
    ignore: () => {},
  }
  const made = rule.create(context, options)
  return (source) => {
    reports = []
    if (made.file?.(source) !== undefined)
      throw new Error(`${id} does not answer at once: nothing was searched.`)
    return reports
  }
}

const NAMES: Record<string, string> = {
  AWSAccessKeyID: 'AWS access key id',
  AWSSecretAccessKey: 'AWS secret access key',
  PostgreSQLConnection: 'connection string',
  MySQLConnection: 'connection string',
  MongoDBConnection: 'connection string',
  BasicAuth: 'web password',
  PrivateKeyJSON: 'service account key',
  IncomingWebhook: 'Slack webhook',
}
/** Numbers that name an account and open nothing. */
const NOT_SECRET = new Set(['AWSAccountID'])
const WINDOW = 32_768
const OVERLAP = 2_048
const LONGEST_NAME = 200

/** What secretlint finds. Long texts are read in overlapping windows, so that the time stays linear. */
export function secretlintFindings(text: string): Finding[] {
  const found: Finding[] = []
  for (let from = 0; from < text.length; from += WINDOW - OVERLAP) {
    found.push(...inWindow(text.slice(from, from + WINDOW), from))
    if (from + WINDOW >= text.length) break
  }
  return found
}

function inWindow(content: string, from: number): Finding[] {
  // The rest of a source (lines, positions) is for the rule that we leave out.
  const source = { content, filePath: 'message.txt', ext: '.txt', contentType: 'text' } as Source
  return looks
    .flatMap((look) => look(source))
    .filter((report) => !NOT_SECRET.has(report.messageId))
    .map(({ range, ruleId, messageId, data }) => {
      const [start, end] = exactRange(content, range, data)
      const name = NAMES[messageId] ?? `${ruleId.replace(ID, '')} secret`
      const kind = name.toLowerCase().replaceAll(' ', '-')
      const value = content.slice(start, end)
      return { start: start + from, end: end + from, kind, name, where: null, value, rank: RANK.secretlint }
    })
}

/** Some rules report where their pattern starts and how long the secret in it is: the secret itself is in `data`. */
function exactRange(
  content: string,
  [start, end]: readonly [number, number],
  data: object | undefined,
): [number, number] {
  for (const value of Object.values(data ?? {})) {
    if (typeof value !== 'string' || value.length < 4) continue
    const at = content.slice(start, start + value.length + LONGEST_NAME).indexOf(value)
    if (at !== -1) return [start + at, start + at + value.length]
  }
  return [start, end]
}

/** Kinds whose range takes in more than the secret: a rule of ours that points into it knows better. */
export const WIDE = new Set(['connection-string', 'web-password', 'service-account-key'])
