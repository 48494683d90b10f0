import { verifyPage } from '../_doors/verify-page'

export const dynamic = 'force-dynamic'

/** For auditors: no sign-in, no server behind it. */
export function GET(): Promise<Response> {
  return verifyPage()
}
