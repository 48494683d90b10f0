import { changes, type News } from '@/app/_doors/changes'
import { door } from '@/app/_doors/door'
import { maySee } from '@/app/_doors/see'
import { stopping } from '@/app/_doors/stopping'

export const dynamic = 'force-dynamic'
const HEARTBEAT_MS = 20_000
/** A browser reconnects by itself, and is asked again who it is. */
const LONGEST_MS = 15 * 60_000

/** Server-sent events: which streams of the viewer's organisation have moved on, and how far the log is sealed. */
export const GET = door(async (asked) => {
  const { request, actor, doors } = asked
  const refused = maySee(asked, 'hearChanges', 'case')
  if (refused) return refused
  const encoder = new TextEncoder()
  let stop = () => {}
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const say = (text: string) => controller.enqueue(encoder.encode(text))
      const unfollow = changes(doors.settings).follow(actor.org, ({ event, data }: News) =>
        say(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
      )
      const beat = setInterval(() => say(': here\n\n'), HEARTBEAT_MS)
      const finish = () => {
        stop()
        controller.close()
      }
      const end = setTimeout(finish, LONGEST_MS)
      stopping().addEventListener('abort', finish)
      stop = () => {
        unfollow()
        clearInterval(beat)
        clearTimeout(end)
        stopping().removeEventListener('abort', finish)
      }
      request.signal.addEventListener('abort', () => stop())
      say('retry: 2000\n\n')
    },
    cancel: () => stop(),
  })
  return new Response(stream, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  })
})
