import { type ReactNode, Suspense } from 'react'
import { Desk } from '@/components/shell/desk'

export default function DeskLayout({ children }: { children: ReactNode }) {
  return (
    <Suspense>
      <Desk>{children}</Desk>
    </Suspense>
  )
}
