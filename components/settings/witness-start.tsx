import { Button } from '../ui/button'
import { toast } from '../ui/toast'
import type { Settings } from './query'

/** What the team that runs a witness needs to be told: the log's key, and the one command. */
export function ForTheOtherTeam({ log }: { log: Settings['witnesses']['log'] }) {
  const command = `npx on-record witness ${log.vkeys.map((vkey) => `--log '${vkey}'`).join(' ')}`
  const copy = async () => {
    await navigator.clipboard.writeText(command)
    toast({ kind: 'done', title: 'Command copied' })
  }
  return (
    <section aria-labelledby="other-team">
      <h2 id="other-team" className="mb-1 text-base font-semibold">
        For the team that runs one
      </h2>
      <p className="mb-2 text-ink-2">
        One command, on a machine that we can’t reach. It prints its key and its address: enter both here. On
        this very machine it shows how it works, and proves nothing.
      </p>
      {log.vkeys.length ? (
        <>
          <pre className="field numeric overflow-x-auto break-all whitespace-pre-wrap">{command}</pre>
          <Button className="mt-2" onClick={copy}>
            Copy the command
          </Button>
        </>
      ) : (
        <p className="text-medium">The log’s key is not on record yet.</p>
      )}
      <p className="mt-3 text-ink-2">
        Anybody may read the log, ids and digests only, at{' '}
        <a className="link numeric break-all" href={`${log.address}/checkpoint`}>
          {log.address}/checkpoint
        </a>
      </p>
    </section>
  )
}
