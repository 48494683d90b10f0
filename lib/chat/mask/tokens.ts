import { type Finding, RANK, type Rule } from './finding'

type Shape = {
  name: string
  /** In lower case: where none of these is, in whatever case, there is no such token, and the pattern costs nothing. */
  signs: readonly string[]
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
    signs: ['sk_', 'rk_'],
    pattern: /(?<![A-Za-z0-9])(?:sk|rk)_(?:live|test|prod)_[A-Za-z0-9]{10,250}/g,
  },
  {
    name: 'Stripe webhook secret',
    signs: ['whsec_'],
    pattern: /(?<![A-Za-z0-9])whsec_[A-Za-z0-9+/=]{20,200}/g,
  },
  {
    name: 'JWT',
    signs: ['eyj'],
    pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,20000}(?:\.[A-Za-z0-9_-]{0,20000}){2,4}/g,
  },
  {
    name: 'OpenAI key',
    signs: ['sk-'],
    pattern: /(?<![A-Za-z0-9])sk-(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{16,300}/g,
  },
  { name: 'OpenAI key', signs: ['sk-'], pattern: /(?<![A-Za-z0-9])sk-[A-Za-z0-9]{32,100}(?![A-Za-z0-9-])/g },
  { name: 'Anthropic key', signs: ['sk-ant-'], pattern: /(?<![A-Za-z0-9])sk-ant-[A-Za-z0-9_-]{16,300}/g },
  {
    name: 'Azure client secret',
    signs: ['q~'],
    pattern: /(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{31,40}/g,
  },
  { name: 'Azure access signature', signs: ['sig='], pattern: /(?<=[?&;]sig=)[A-Za-z0-9%+/=_-]{20,200}/g },
  {
    name: 'Okta token',
    signs: ['00'],
    pattern: /(?<![A-Za-z0-9_-])00[A-Za-z0-9_-]{40}(?![A-Za-z0-9_-])/g,
    check: isMixed,
  },
  { name: 'Google API key', signs: ['aiza'], pattern: /(?<![A-Za-z0-9_-])AIza[A-Za-z0-9_-]{35}/g },
  {
    name: 'Google OAuth token',
    signs: ['ya29.'],
    pattern: /(?<![A-Za-z0-9_-])ya29\.[A-Za-z0-9_-]{20,2000}/g,
  },
  {
    name: 'GitHub token',
    signs: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    pattern: /(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{30,255}/g,
  },
  {
    name: 'GitHub token',
    signs: ['github_pat_'],
    pattern: /(?<![A-Za-z0-9])github_pat_[A-Za-z0-9_]{40,255}/g,
  },
  {
    name: 'GitLab token',
    signs: ['glpat-', 'gldt-', 'glrt-', 'glptt-', 'glcbt-', 'glsoat-'],
    pattern: /(?<![A-Za-z0-9])gl(?:pat|dt|rt|ptt|cbt|soat)-[A-Za-z0-9_.-]{20,300}/g,
  },
  {
    name: 'Slack token',
    signs: ['xox', 'xapp-'],
    pattern: /(?<![A-Za-z0-9])(?:xox[a-z]|xapp)-[A-Za-z0-9-]{10,300}/g,
  },
  { name: 'Twilio key', signs: ['sk'], pattern: /(?<![A-Za-z0-9])SK[0-9a-f]{32}(?![A-Za-z0-9])/g },
  { name: 'PyPI token', signs: ['pypi-'], pattern: /(?<![A-Za-z0-9])pypi-[A-Za-z0-9_-]{50,1000}/g },
  { name: 'DigitalOcean token', signs: ['_v1_'], pattern: /(?<![A-Za-z0-9])do[opr]_v1_[a-f0-9]{64}/g },
  { name: 'age key', signs: ['age-secret-key-1'], pattern: /(?<![A-Za-z0-9])AGE-SECRET-KEY-1[0-9A-Z]{58}/g },
  {
    name: 'Vault token',
    signs: ['hvs.', 'hvb.', 'hvr.'],
    pattern: /(?<![A-Za-z0-9])hv[sbr]\.[A-Za-z0-9_-]{20,300}/g,
  },
  {
    name: 'bearer token',
    signs: ['bearer'],
    pattern: /(?<=\bbearer[ \t])[A-Za-z0-9._~+/-]{20,20000}={0,2}/gi,
  },
  {
    name: 'basic credentials',
    signs: ['basic'],
    pattern: /(?<=\bbasic[ \t])[A-Za-z0-9+/]{12,400}={0,2}/gi,
    check: isBasic,
  },
]

export const tokens: Rule = (text) => {
  const lower = text.toLowerCase()
  const likely = SHAPES.filter(({ signs }) => signs.some((sign) => lower.includes(sign)))
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
