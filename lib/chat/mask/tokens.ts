import { type Finding, RANK, type Rule } from './finding'

type Shape = {
  name: string
  /** In lower case: where nothing like it is, in whatever case, there is no such token. */
  sign: RegExp
  pattern: RegExp
  check?: (value: string) => boolean
}

/**
 * Tokens that are recognised by their form, beside those that secretlint knows. Each pattern starts where a run of token
 * characters starts (the lookbehind), so that a run is read once: linear on any text.
 */
const SHAPES: Shape[] = [
  {
    name: 'Stripe key',
    sign: /[sr]k_/,
    pattern: /(?<![A-Za-z0-9])(?:sk|rk)_(?:live|test|prod)_[A-Za-z0-9]{10,250}/g,
  },
  {
    name: 'Stripe webhook secret',
    sign: /whsec_/,
    pattern: /(?<![A-Za-z0-9])whsec_[A-Za-z0-9+/=]{20,200}/g,
  },
  {
    name: 'JWT',
    sign: /eyj/,
    pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,20000}(?:\.[A-Za-z0-9_-]{0,20000}){2,4}/g,
  },
  {
    name: 'OpenAI key',
    sign: /sk-(?:proj|svcacct|admin|none)-/,
    pattern: /(?<![A-Za-z0-9])sk-(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{16,300}/g,
  },
  {
    name: 'OpenAI key',
    sign: /sk-[a-z0-9]{32}/,
    pattern: /(?<![A-Za-z0-9])sk-[A-Za-z0-9]{32,100}(?![A-Za-z0-9-])/g,
  },
  { name: 'Anthropic key', sign: /sk-ant-/, pattern: /(?<![A-Za-z0-9])sk-ant-[A-Za-z0-9_-]{16,300}/g },
  {
    name: 'Azure client secret',
    sign: /q~/,
    pattern: /(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{31,40}/g,
  },
  { name: 'Azure access signature', sign: /sig=/, pattern: /(?<=[?&;]sig=)[A-Za-z0-9%+/=_-]{20,200}/g },
  {
    name: 'Okta token',
    sign: /00[a-z0-9_-]{40}/,
    pattern: /(?<![A-Za-z0-9_-])00[A-Za-z0-9_-]{40}(?![A-Za-z0-9_-])/g,
    check: isMixed,
  },
  { name: 'Google API key', sign: /aiza/, pattern: /(?<![A-Za-z0-9_-])AIza[A-Za-z0-9_-]{35}/g },
  {
    name: 'Google OAuth token',
    sign: /ya29\./,
    pattern: /(?<![A-Za-z0-9_-])ya29\.[A-Za-z0-9_-]{20,2000}/g,
  },
  {
    name: 'GitHub token',
    sign: /gh[pousr]_/,
    pattern: /(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{30,255}/g,
  },
  {
    name: 'GitHub token',
    sign: /github_pat_/,
    pattern: /(?<![A-Za-z0-9])github_pat_[A-Za-z0-9_]{40,255}/g,
  },
  {
    name: 'GitLab token',
    sign: /gl(?:pat|dt|rt|ptt|cbt|soat)-/,
    pattern: /(?<![A-Za-z0-9])gl(?:pat|dt|rt|ptt|cbt|soat)-[A-Za-z0-9_.-]{20,300}/g,
  },
  {
    name: 'Slack token',
    sign: /xox|xapp-/,
    pattern: /(?<![A-Za-z0-9])(?:xox[a-z]|xapp)-[A-Za-z0-9-]{10,300}/g,
  },
  { name: 'Twilio key', sign: /sk[0-9a-f]{32}/, pattern: /(?<![A-Za-z0-9])SK[0-9a-f]{32}(?![A-Za-z0-9])/g },
  { name: 'PyPI token', sign: /pypi-/, pattern: /(?<![A-Za-z0-9])pypi-[A-Za-z0-9_-]{50,1000}/g },
  { name: 'DigitalOcean token', sign: /_v1_/, pattern: /(?<![A-Za-z0-9])do[opr]_v1_[a-f0-9]{64}/g },
  { name: 'age key', sign: /age-secret-key-1/, pattern: /(?<![A-Za-z0-9])AGE-SECRET-KEY-1[0-9A-Z]{58}/g },
  {
    name: 'Vault token',
    sign: /hv[sbr]\./,
    pattern: /(?<![A-Za-z0-9])hv[sbr]\.[A-Za-z0-9_-]{20,300}/g,
  },
  {
    name: 'bearer token',
    sign: /bearer/,
    pattern: /(?<=\bbearer[ \t])[A-Za-z0-9._~+/-]{20,20000}={0,2}/gi,
  },
  {
    name: 'basic credentials',
    sign: /basic/,
    pattern: /(?<=\bbasic[ \t])[A-Za-z0-9+/]{12,400}={0,2}/gi,
    check: isBasic,
  },
]

/** Most texts have none of the signs, and are read once to know it. */
const ANY_SIGN = new RegExp(SHAPES.map(({ sign }) => sign.source).join('|'))

export const tokens: Rule = (text) => {
  const lower = text.toLowerCase()
  if (!ANY_SIGN.test(lower)) return []
  const likely = SHAPES.filter(({ sign }) => sign.test(lower))
  return likely.flatMap((shape) => [...found(shape, text)])
}

function* found({ name, pattern, check }: Shape, text: string): Generator<Finding> {
  for (const match of text.matchAll(pattern)) {
    const value = match[0]
    if (check && !check(value)) continue
    const kind = name.toLowerCase().replaceAll(' ', '-')
    yield {
      start: match.index,
      end: match.index + value.length,
      kind,
      name,
      where: null,
      value,
      rank: RANK.token,
    }
  }
}

function isMixed(value: string): boolean {
  return /[a-z]/.test(value) && /[A-Z]/.test(value) && /[g-zG-Z_-]/.test(value)
}

/** RFC 7617: base64 of `user:password`. */
function isBasic(value: string): boolean {
  return /^[\x20-\x7e]*:[\x20-\x7e]+$/.test(Buffer.from(value, 'base64').toString('latin1'))
}
