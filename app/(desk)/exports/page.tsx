import type { Metadata } from 'next'
import { Exports } from '@/components/exports/exports'

export const metadata: Metadata = { title: 'Exports' }

export default function Page() {
  return <Exports />
}
