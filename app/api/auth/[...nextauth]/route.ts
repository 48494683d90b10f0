import { answer } from '@/app/_doors/answer'
import { intentOf } from '@/app/_doors/bound-intent'
import { finishBound } from '@/app/_doors/bound-sign-in'
import { open } from '@/app/_doors/door'
import { addressOf, limiter, SIGN_INS } from '@/app/_doors/limit'
import { refusedPage } from '@/app/_doors/refused-page'
import { finishSignIn, startSignIn } from '@/app/_doors/sign-in'

const attemptsOf = limiter(SIGN_INS)

/** Single sign-on: to the provider, back from it, and why somebody didn't get in. */
export const GET = open(async ({ request, url, params, doors, id }) => {
  const tooMany = attemptsOf(addressOf(request))
  if (tooMany) return answer(tooMany)
  switch (params.nextauth) {
    case 'signin.oidc':
      return startSignIn(request, doors)
    case 'callback.oidc': {
      const intent = intentOf(request, doors.settings)
      return intent ? finishBound(request, intent, doors, id) : finishSignIn(request, doors)
    }
    default:
      return refusedPage(url.searchParams.get('why'))
  }
})
