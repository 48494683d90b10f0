import { visibleText } from '@/lib/chat/visible'
import type { Actor } from '@/lib/identity/actor'
import type { LinkToken } from './slack-link'
import { nameOf } from './who'

export function askToLink({ name, user, team }: LinkToken, actor: Actor, token: string): Response {
  return page(
    200,
    'Is this Slack account yours?',
    `<p>${escaped(`“${visibleText(name)}” (${user} in ${team})`)} would act in On Record as <b>${escaped(nameOf(actor))}</b>.</p>
    <form method="post" action="/api/slack/link"><input type="hidden" name="token" value="${escaped(token)}"><button>Yes, link it</button></form>
    <p>If you didn’t press a button in Slack just now, close this page.</p>`,
  )
}

export function linked({ name }: LinkToken): Response {
  return page(
    200,
    'Linked.',
    `<p>“${escaped(visibleText(name))}” is your account in Slack now. Go back to Slack and press the button again.</p>`,
  )
}

export function unlinked(sentence: string): Response {
  return page(409, 'Not linked.', `<p>${escaped(sentence)}</p>`)
}

function page(status: number, title: string, body: string): Response {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} · On Record</title><h1>${title}</h1>${body}</html>`
  const policy = "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
  return new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    },
  })
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
}
