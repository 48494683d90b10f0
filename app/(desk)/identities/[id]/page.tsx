import type { Metadata } from 'next'
import { NhiPage } from '@/components/identity/nhi-page'

export const metadata: Metadata = { title: 'Identity' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  return <NhiPage key={id} id={id} />
}
