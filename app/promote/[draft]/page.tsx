import type { Metadata } from 'next'
import { Draft } from '@/components/promote/draft'

export const metadata: Metadata = { title: 'Promote a message' }

export default async function Page({ params }: { params: Promise<{ draft: string }> }) {
  const { draft } = await params
  return <Draft key={draft} draft={draft} />
}
