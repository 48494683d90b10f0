import { When } from '../ui/when'
import type { Settings } from './query'

const USE: Record<string, string> = {
  log: 'signs the log’s checkpoints',
  warrant: 'signs warrants',
  export: 'signs exports',
}

/** What an outsider needs to check us, and how far the log has got. */
export function Keys({ settings: { keys, log } }: { settings: Settings }) {
  return (
    <div className="grid gap-7">
      <section aria-labelledby="log-title">
        <h2 id="log-title" className="mb-2 text-base font-semibold">
          The log
        </h2>
        <dl className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-1">
          <dt className="text-ink-3">Sealed events</dt>
          <dd className="numeric">{log.size}</dd>
          <dt className="text-ink-3">Of these witnessed</dt>
          <dd className="numeric">{log.witnessed_size}</dd>
          <dt className="text-ink-3">Last checkpoint</dt>
          <dd>
            {log.checkpoint_at ? (
              <When at={log.checkpoint_at} ago />
            ) : (
              <span className="text-medium">none yet</span>
            )}
          </dd>
          <dt className="text-ink-3">Root</dt>
          <dd className="numeric break-all">{log.root}</dd>
        </dl>
      </section>
      <section aria-labelledby="keys-title">
        <h2 id="keys-title" className="mb-2 text-base font-semibold">
          Public keys
        </h2>
        <ul className="border-t border-rule-strong">
          {keys.map((key) => (
            <li key={key.kid} className="border-b border-rule py-1.5">
              <p className="flex flex-wrap items-baseline gap-x-3">
                <span className="numeric min-w-0 font-medium break-all">{key.kid}</span>
                <span className="text-ink-2">{USE[key.use] ?? key.use}</span>
                <span className="ml-auto text-xs text-ink-3">
                  published <When at={key.published_at} />
                </span>
              </p>
              <p className="numeric break-all text-ink-3">{key.fingerprint}</p>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}
