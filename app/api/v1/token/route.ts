import { randomUUID } from 'node:crypto'
import { SCOPES, signAccess, TOKEN_SECONDS } from '@/app/_doors/access-token'
import { answer } from '@/app/_doors/answer'
import { ASSERTION_TYPE, provenBy } from '@/app/_doors/assertion'
import { readBytes } from '@/app/_doors/body'
import { open } from '@/app/_doors/door'
import { oneOf } from '@/app/_doors/input'
import { addressOf, limiter, SIGN_INS } from '@/app/_doors/limit'
import { log } from '@/app/_doors/log'
import { isRefusal } from '@/lib/act/refusal'

const attemptsOf = limiter(SIGN_INS)

/** A machine proves who it is with its enrolled key (RFC 7523) and gets an access token for five minutes. */
export const POST = open(async ({ request, doors, id }) => {
  const tooMany = attemptsOf(addressOf(request))
  if (tooMany) return answer(tooMany)
  const bytes = await readBytes(request, 16_384)
  if (isRefusal(bytes)) return answer(bytes)
  const form = formOf(request, new TextDecoder().decode(bytes))
  if (form.get('grant_type') !== 'client_credentials') return failed('unsupported_grant_type')
  if (form.get('client_assertion_type') !== ASSERTION_TYPE) return failed('invalid_client')
  const proven = await provenBy(form.get('client_assertion') ?? '', doors)
  if ('why' in proven) {
    log.warn({ request: id, why: proven.why }, 'an assertion was refused')
    return failed('invalid_client')
  }
  const scope = oneOf(SCOPES, form.get('scope') ?? 'write')
  if (!scope) return failed('invalid_scope')
  const access_token = await signAccess(
    { org: doors.settings.org, nhi: proven.machine.id, scope, jkt: proven.jkt },
    doors,
    randomUUID(),
  )
  return answer({ access_token, token_type: 'Bearer', expires_in: TOKEN_SECONDS, scope })
})

/** RFC 6749 sends a form; JSON with the same fields is taken too. */
function formOf(request: Request, body: string): URLSearchParams {
  if (!request.headers.get('content-type')?.startsWith('application/json')) return new URLSearchParams(body)
  try {
    const fields: unknown = JSON.parse(body)
    const pairs = typeof fields === 'object' && fields ? Object.entries(fields) : []
    return new URLSearchParams(pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
  } catch {
    return new URLSearchParams()
  }
}

/** RFC 6749 section 5.2: the outside learns that it failed; why is in the log. */
function failed(error: string): Response {
  return answer({ error }, error === 'invalid_client' ? 401 : 400)
}
