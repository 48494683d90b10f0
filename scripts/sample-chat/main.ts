/** Run by the launcher, in local mode only. */
import { startSampleChat } from './start'

function needed(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`the sample chat needs ${name}`)
  return value
}

const chat = await startSampleChat({
  port: Number(process.env.SAMPLE_CHAT_PORT ?? 0),
  appUrl: needed('SAMPLE_CHAT_APP_URL'),
  signingSecret: needed('SLACK_SIGNING_SECRET'),
  botToken: needed('SLACK_BOT_TOKEN'),
  leakedPassword: needed('SAMPLE_LEAKED_PASSWORD'),
})
console.log(JSON.stringify({ sample_chat: chat.url, slack_api: chat.apiUrl }))

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    chat.close().finally(() => process.exit(0))
  })
