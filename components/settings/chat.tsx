'use client'

import { useState } from 'react'
import type { Refusal } from '@/lib/act/refusal'
import { post, refusalOf } from '../api'
import { Refused } from '../form/refused'
import { Button } from '../ui/button'
import { toast } from '../ui/toast'
import { When } from '../ui/when'
import type { Settings } from './query'
import type { Open } from './settings'
import { useWhy } from './use-why'

export function Chat({ settings, open }: { settings: Settings; open: Open }) {
  const why = useWhy()
  const { chat } = settings
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const test = async () => {
    setBusy(true)
    setRefusal(null)
    try {
      const answer = await post<{ sentence?: string } | undefined>('/api/v1/registry/chat/test', {})
      toast({
        kind: 'done',
        title: 'The test message is out',
        ...(answer?.sentence ? { detail: answer.sentence } : {}),
      })
    } catch (error) {
      setRefusal(refusalOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="grid gap-6">
      <section aria-label="Connection">
        {chat?.connected ? (
          <p className="text-base">
            <span
              aria-hidden="true"
              className="mr-2 inline-block size-2 rounded-full bg-ok forced-color-adjust-none"
            />
            Connected to <b className="font-semibold">{chat.team_name}</b> as{' '}
            <span className="numeric">{chat.bot_user}</span>
            {chat.since ? (
              <>
                , since <When at={chat.since} />
              </>
            ) : null}
          </p>
        ) : (
          <p className="text-base text-ink-2">
            Not connected. People can still paste messages; what they paste proves less.
          </p>
        )}
        {refusal ? (
          <div className="mt-3">
            <Refused refusal={refusal} />
          </div>
        ) : null}
        <div className="mt-3 flex flex-wrap gap-2">
          <Button
            look="primary"
            busy={busy}
            why={chat?.connected ? null : 'Connect a workspace first.'}
            onClick={test}
          >
            Send a test message
          </Button>
          {chat?.connected ? (
            <Button why={why('disconnectChat')} onClick={() => open('disconnectChat', chat.team ?? '')}>
              Disconnect
            </Button>
          ) : (
            <Button why={why('connectChat')} onClick={() => open('connectChat')}>
              Connect
            </Button>
          )}
        </div>
      </section>
      <Manifest text={settings.manifest} />
    </div>
  )
}

function Manifest({ text }: { text: string }) {
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    toast({ kind: 'done', title: 'Manifest copied' })
  }
  return (
    <section aria-labelledby="manifest">
      <h2 id="manifest" className="mb-1 text-base font-semibold">
        Your own Slack app
      </h2>
      <ol className="mb-3 list-decimal pl-5 text-ink-2">
        <li>
          At{' '}
          <a
            className="link"
            href="https://api.slack.com/apps?new_app=1"
            target="_blank"
            rel="noopener noreferrer"
          >
            api.slack.com
          </a>{' '}
          choose “Create New App”, “From a manifest”, and paste this.
        </li>
        <li>
          Install it to your workspace. Its signing secret and bot token go into the server’s environment,
          never here.
        </li>
        <li>Come back and send a test message.</li>
      </ol>
      <textarea readOnly rows={12} aria-label="Manifest" value={text} className="field numeric" />
      <Button className="mt-2" onClick={copy}>
        Copy the manifest
      </Button>
    </section>
  )
}
