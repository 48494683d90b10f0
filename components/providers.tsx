'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { Tooltip } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { Refused } from './api'
import { Keyboard } from './keyboard'
import { Toasts } from './ui/toast'

/** What every page stands on: the cache of answers, shortcuts, tooltips, toasts. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(makeClient)
  return (
    <QueryClientProvider client={client}>
      <Tooltip.Provider delayDuration={350} skipDelayDuration={150}>
        <Keyboard>{children}</Keyboard>
        <Toasts />
      </Tooltip.Provider>
    </QueryClientProvider>
  )
}

function makeClient() {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 15_000, retry: mayAnswerLater, refetchOnWindowFocus: true },
      // Without a network, too, one is told at once: nothing is sent by itself an hour later.
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}

/** A refusal is an answer; only silence and a server in trouble are worth asking again. */
function mayAnswerLater(failures: number, error: Error) {
  const silent = !(error instanceof Refused) || error.status === 0 || error.status >= 500
  return silent && failures < 2
}
