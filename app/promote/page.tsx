import type { Metadata } from 'next'
import { Paste } from '@/components/promote/paste'

export const metadata: Metadata = { title: 'Promote a message' }

export default function Page() {
  return <Paste />
}
