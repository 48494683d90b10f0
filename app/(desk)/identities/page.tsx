import type { Metadata } from 'next'
import { Registry } from '@/components/identity/registry'

export const metadata: Metadata = { title: 'Identities' }

export default function Page() {
  return <Registry />
}
