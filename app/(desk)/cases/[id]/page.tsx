import type { Metadata } from 'next'
import { CasePage } from '@/components/case/case-page'

export const metadata: Metadata = { title: 'Case' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  return <CasePage key={id} id={id} />
}
