import Link from 'next/link'

export default function NotFound() {
  return (
    <main className="mx-auto max-w-lg px-5 pt-24">
      <h1 className="double-ruled pb-2 text-xl font-semibold">Nothing is at this address</h1>
      <p className="mt-4 text-base text-ink-2">
        It may have been mistyped, or it is not yours to see. Nothing was changed.
      </p>
      <p className="mt-4">
        <Link href="/inbox" className="link text-base">
          Go to the inbox
        </Link>
      </p>
    </main>
  )
}
