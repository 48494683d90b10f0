import type { Metadata } from 'next'
import { ApprovalPage } from '@/components/approval/approval-page'

export const metadata: Metadata = { title: 'Approval' }

export default async function Page({ params }: { params: Promise<{ case: string; request: string }> }) {
  const { case: caseId, request } = await params
  return <ApprovalPage key={request} caseId={caseId} request={request} />
}
