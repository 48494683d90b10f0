import type { Metadata } from 'next'
import { Passkeys } from '@/components/passkeys/passkeys'

export const metadata: Metadata = { title: 'Passkeys' }

export default function Page() {
  return <Passkeys />
}
