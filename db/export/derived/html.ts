import { utf8 } from '@/lib/record/bytes'
import { howCorrected } from './corrections'
import { type Cover, coverage, moment, NOT_EVIDENCE } from './cover'
import { STYLE } from './html-style'
import type { Told } from './told'

/** `timeline.html`: one file that shows itself in any browser. No script, nothing is loaded, and no text becomes markup. */
export async function* timelineHtml(events: AsyncIterable<Told>, cover: Cover): AsyncGenerator<Uint8Array> {
  yield utf8(head(cover))
  let stream: string | null = null
  for await (const event of events) {
    if (event.stream !== stream) {
      yield utf8(`${stream === null ? '' : '</tbody></table>'}${opening(event)}`)
      stream = event.stream
    }
    yield utf8(line(event))
  }
  yield utf8(`${stream === null ? '' : '</tbody></table>'}\n</main></body></html>\n`)
}

function head(cover: Cover): string {
  const { organization, asked, by, at, id, log } = cover
  const facts: [string, string][] = [
    ['From', organization],
    ['Covers', coverage(cover)],
    ['Exported by', by],
    ['For', `“${asked.purpose}”`],
    ['At', moment(at)],
    ['Log', `${log.origin}, ${log.size} entries`],
  ]
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>${html(organization)}: timeline of ${html(id)}</title>
<style>${STYLE}</style></head><body><main>
<p class="note"><strong>Not evidence.</strong> ${html(NOT_EVIDENCE)}</p>
<h1>Timeline</h1>
<dl>${facts.map(([name, value]) => `<dt>${name}</dt><dd>${html(value)}</dd>`).join('')}</dl>
`
}

function opening({ about, stream }: Told): string {
  const title = about ? `№ ${about.number} ${about.title}` : stream
  return `\n<h2 id="${html(stream)}">${html(title)}</h2>
<table><thead><tr><th>No.</th><th>When (UTC)</th><th>Who</th><th>What</th><th>Decision</th><th>Digest</th></tr></thead><tbody>`
}

function line({ stream, seq, at, actor, who, what, said, policy, sha256, type, corrections }: Told): string {
  const corrected = corrections.map(
    (each) => `<p class="c">${html(howCorrected(each))}: <q>${html(each.text)}</q></p>`,
  )
  const kind = actor.kind === 'nhi' ? `non-human, ${actor.owner ?? 'no owner'}` : actor.kind
  return `
<tr id="${html(`${stream}/${seq}`)}"><td class="n">${seq}</td><td class="n"><time datetime="${html(at)}">${html(`${at.slice(0, 10)} ${at.slice(11, 23)}`)}</time></td>
<td>${html(who)}<small>${html(kind)}, ${html(actor.via)}</small></td>
<td>${html(what)}${said ? `<q>${html(said)}</q>` : ''}${corrected.join('')}</td>
<td><small>${html(policy.decision)}: ${html(policy.rule)}</small></td><td class="n" title="${html(type)}: ${html(sha256)}">${html(sha256.slice(0, 8))}</td></tr>`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as text, in an element and in a quoted attribute. */
export function html(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
