import { type ReactNode, Suspense } from 'react'
import { Desk } from '@/components/shell/desk'

export default function PromoteLayout({ children }: { children: ReactNode }) {
  return (
    <Suspense>
      <Desk>
        <div className="mx-auto max-w-2xl">
          <h1 className="ruled pt-5 pb-1.5 text-lg font-semibold">Promote a message</h1>
          <div className="pt-4">{children}</div>
        </div>
      </Desk>
    </Suspense>
  )
}
