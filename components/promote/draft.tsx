'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import type { CaseFile, CaseRow } from '@/lib/act/view/case'
import type { NhiRow } from '@/lib/act/view/nhi'
import type { Category, Severity } from '@/lib/case/event'
import { get } from '../api'
import { Finding } from '../case/finding'
import { HealthChips } from '../case/health'
import { Said } from '../case/said'
import { CaseTable } from '../inbox/case-table'
import { Button } from '../ui/button'
import { Bone, Failed, Loading } from '../ui/states'
import { drafted } from './options'
import { PromotionForm } from './promotion-form'

export type Drafted = {
  draft: string
  snapshot: CaseFile['snapshots'][number] | null
  suggested: {
    title: string
    category: Category
    severity: Severity | null
    nhis?: (NhiRow & { reason: string })[]
    because?: string[]
  }
  duplicate: CaseRow | null
}

/** What chat sent, ready to be looked at before it becomes a case. */
export function Draft({ draft }: { draft: string }) {
  const address = `/api/v1/promotions/${draft}`
  const found = useQuery({
    queryKey: ['draft', draft],
    queryFn: ({ signal }) => get<Drafted>(address, signal),
    refetchOnWindowFocus: false,
  })
  const [separate, setSeparate] = useState(false)
  if (found.isPending) return <Bones />
  if (!found.data) return <Failed error={found.error} what="This draft" retry={() => void found.refetch()} />
  const { suggested, duplicate, snapshot } = found.data
  const because = {
    kind: 'text',
    name: 'separate_because',
    label: 'Why it is another matter',
    rows: 2,
  } as const
  return (
    <>
      {snapshot ? <Finding snapshots={[snapshot]} /> : null}
      {suggested.nhis?.length ? (
        <>
          <p className="mt-3">It seems to touch</p>
          <ul>
            {suggested.nhis.map((one) => (
              <li key={one.id} className="flex flex-wrap items-center gap-x-2">
                <Link className="link font-medium" href={`/identities/${one.id}`}>
                  {one.name}
                </Link>
                <HealthChips health={one.health} disabled={one.disabled} />
                <Said inline text={one.reason} className="text-ink-2" />
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {suggested.because?.length ? <p className="mt-1 text-ink-2">{suggested.because.join(' ')}</p> : null}
      <div className="mt-6">
        {duplicate && !separate ? (
          <Duplicate duplicate={duplicate} separate={() => setSeparate(true)} address={address} />
        ) : (
          <PromotionForm
            address={address}
            fields={separate ? [...drafted, because] : drafted}
            initial={{
              title: suggested.title,
              category: suggested.category,
              severity: suggested.severity ?? '',
            }}
          />
        )}
      </div>
    </>
  )
}

function Duplicate({
  duplicate,
  separate,
  address,
}: {
  duplicate: CaseRow
  separate: () => void
  address: string
}) {
  return (
    <section aria-label="A case has this already" className="border border-rule-strong bg-sheet px-4 py-3">
      <p className="mb-2 text-base font-medium">A case has this already.</p>
      <CaseTable rows={[duplicate]} />
      <div className="mt-3 grid gap-3">
        <PromotionForm
          address={address}
          fields={[]}
          initial={{}}
          fixed={{ attach_to: duplicate.id, title: duplicate.title, category: duplicate.category }}
        >
          <p className="text-ink-2">Attach the message to it, or open it.</p>
        </PromotionForm>
        <p>
          <Button look="quiet" onClick={separate}>
            It is another matter: make its own case …
          </Button>
        </p>
      </div>
    </section>
  )
}

function Bones() {
  return (
    <Loading what="the draft">
      <Bone className="mt-6 block h-40 w-full" />
      <Bone className="mt-6 block h-8 w-full" />
      <Bone className="mt-4 block h-8 w-full" />
    </Loading>
  )
}
