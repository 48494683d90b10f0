'use client'

import Link from 'next/link'
import { Who } from '../case/who'
import { Button } from '../ui/button'
import { Empty } from '../ui/states'
import { When } from '../ui/when'
import type { Settings } from './query'
import type { Open } from './settings'
import { useWhy } from './use-why'

export function Connectors({ settings, open }: { settings: Settings; open: Open }) {
  const why = useWhy()
  return (
    <>
      <div className="mb-3 flex items-baseline justify-between gap-4">
        <p className="text-ink-2">
          An executor holds the system’s credential in its own configuration. It never comes here.
        </p>
        <Button why={why('registerConnector')} onClick={() => open('registerConnector')}>
          Register
        </Button>
      </div>
      {settings.connectors.length ? null : (
        <Empty title="No connector yet">
          Start an executor beside the system, register it as an identity, enroll its keys, and register the
          connector here.
        </Empty>
      )}
      <ul className="border-t border-rule-strong">
        {settings.connectors.map((one) => (
          <li key={one.connector} className="border-b border-rule py-2">
            <p className="flex flex-wrap items-baseline gap-x-3">
              <b className="font-semibold">
                {one.system}, {one.environment}
              </b>
              <span className="text-ink-2">{one.kind}</span>
              <span className="ml-auto text-xs text-ink-2">
                {one.last_seen_at ? (
                  <>
                    last asked for work <When at={one.last_seen_at} ago />
                  </>
                ) : (
                  <span className="text-medium">never asked for work</span>
                )}
              </span>
            </p>
            <p className="text-ink-2">
              run by{' '}
              <Link href={`/identities/${one.executor.id}`} className="link">
                {one.executor.name}
              </Link>
              {one.executor_owner ? (
                <>
                  , owned by <Who who={one.executor_owner} />
                </>
              ) : null}
            </p>
            <p className="numeric break-all text-ink-3">
              {one.connector} · {one.definition}
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}
