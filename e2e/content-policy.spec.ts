import { expect, test } from './test'

/** What an injected script would try first; each answers with what the browser says to it. */
const TRIES = {
  markup: () => {
    document.body.innerHTML = '<img src="x" onerror="window.hurt = 1">'
  },
  'a script of somebody else’s': () => {
    document.createElement('script').src = 'https://evil.example/x.js'
  },
  'a file of ours that is no script of ours': () => {
    document.createElement('script').src = '/api/v1/session'
  },
  code: () => {
    document.createElement('script').text = 'window.hurt = 2'
  },
} as const

test('C68: on the page where somebody approves no text becomes markup, code or a script’s address', async ({
  as,
}) => {
  const page = await as('chiara')
  const answer = await page.goto('/approvals')
  const policy = answer?.headers()['content-security-policy'] ?? ''
  expect(policy).toContain("require-trusted-types-for 'script'")
  expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|https?:/)
  for (const [what, attempt] of Object.entries(TRIES)) {
    const refused = await page.evaluate(attempt).then(
      () => null,
      (error: Error) => error.message,
    )
    expect(refused, what).toMatch(/requires 'Trusted/)
  }
  expect(await page.evaluate(() => Reflect.get(window, 'hurt'))).toBeUndefined()
})
