import type { Metadata } from 'next'
import { AnswersPage } from '@/components/audit/answers-page'

export const metadata: Metadata = { title: 'Four questions' }

export default async function Page({ params }: { params: Promise<{ id: string; request: string }> }) {
  const { id, request } = await params
  return <AnswersPage key={request} caseId={id} request={request} />
}
