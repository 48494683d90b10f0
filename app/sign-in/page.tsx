import type { Metadata } from 'next'
import { Suspense } from 'react'
import { SignIn } from '@/components/sign-in/sign-in'
import { ThemeSwitch } from '@/components/theme-switch'

export const metadata: Metadata = { title: 'Sign in' }

export default function Page() {
  return (
    <main className="mx-auto max-w-4xl px-5 pt-12 pb-16">
      <header className="double-ruled mb-6 flex items-end justify-between pb-3">
        <div>
          <h1 className="text-xl font-semibold">On Record</h1>
          <p className="text-base text-ink-2">
            Chat is where a problem is noticed. Here it becomes accountable.
          </p>
        </div>
        <ThemeSwitch />
      </header>
      <Suspense>
        <SignIn />
      </Suspense>
      <p className="mt-8 text-ink-2">
        Somebody sent you an export?{' '}
        <a href="/verify" className="link">
          Check it
        </a>
        : no account needed, and it never leaves your machine.
      </p>
    </main>
  )
}
