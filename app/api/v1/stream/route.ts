import { changes, type News } from '@/app/_doors/changes'
import { door } from '@/app/_doors/door'
import { maySpeakOn, takePlace } from '@/app/_doors/listening'
import { maySee } from '@/app/_doors/see'
import { stopping } from '@/app/_doors/stopping'
import { leaving } from '@/app/_doors/wire'
import { refuse } from '@/lib/act/refusal'

export const dynamic = 'force-dynamic'
const HEARTBEAT_MS = 20_000
/** A browser reconnects by itself, and is asked again who it is. */
const LONGEST_MS = 15 * 60_000
/** Messages that may wait for a reader. */
const MOST_UNREAD = 1_000

/** Server-sent events: which streams of the viewer's organisation have moved on, whether an action did, and how far the log is sealed. */
export const GET = door(async (asked) => {
  const { request, actor, doors } = asked
  const refused = maySee(asked, 'hearChanges', 'case')
  if (refused) return refused
  const leave = takePlace(actor)
  if (!leave)
    return refuse('rate_limited', 'Very many of your pages are open already.', 'Close some of them.')
  const encoder = new TextEncoder()
  let stop = leave
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      let ended = false
      const say = (text: string) => {
        // Nobody reads any more, and what is left unsaid is kept for them: they come back, or they don't.
        if ((controller.desiredSize ?? 0) < -MOST_UNREAD) finish()
        else controller.enqueue(encoder.encode(text))
      }
      const unfollow = changes(doors.settings).follow(actor.org, (news) => say(news.map(spelled).join('')))
      const breathe = async () => {
        // A database that doesn't answer is no reason to send anybody away.
        const welcome = await maySpeakOn(asked).catch(() => true)
        if (ended) return
        if (welcome) say(': here\n\n')
        else finish()
      }
      const beat = setInterval(() => void breathe(), HEARTBEAT_MS)
      const finish = () => {
        if (ended) return
        stop()
        controller.close()
      }
      const end = setTimeout(finish, LONGEST_MS)
      stopping().addEventListener('abort', finish)
      stop = () => {
        ended = true
        leave()
        unfollow()
        clearInterval(beat)
        clearTimeout(end)
        stopping().removeEventListener('abort', finish)
      }
      leaving(request).addEventListener('abort', () => stop())
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

function spelled({ event, data }: News): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}
