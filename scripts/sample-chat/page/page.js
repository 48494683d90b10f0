import { openForm } from './form.js'
import { drawMessage, element, piece } from './message.js'

const at = (id) => document.getElementById(id)
const view = { as: localStorage.getItem('as') ?? 'U0HUGO0001', channel: '', thread: null, pointed: null }
let state = null
let asked = 0

fromAddress()
window.addEventListener('hashchange', () => {
  fromAddress()
  refresh()
})

/** `#C0ALERTS01/<ts>[/<thread>]`: where a link from a case leads. */
function fromAddress() {
  const [channel, ts, thread] = location.hash.slice(1).split('/')
  if (!channel) return
  Object.assign(view, { channel, pointed: ts ?? null, thread: thread ?? ts ?? null })
}

async function refresh() {
  const turn = ++asked
  const query = new URLSearchParams({
    as: view.as,
    channel: view.channel,
    ...(view.thread ? { thread: view.thread } : {}),
  })
  try {
    const answer = await fetch(`/sample/state?${query}`, { headers: { 'x-sample-chat': '1' } })
    const next = await answer.json()
    if (turn === asked) draw(next)
  } catch {
    at('status').textContent = 'The sample chat does not answer.'
  }
}

export async function act(what, body) {
  const answer = await fetch(`/sample/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-sample-chat': '1' },
    body: JSON.stringify({ as: view.as, channel: view.channel, ...body }),
  })
  const said = await answer.json()
  at('status').textContent = said.error ?? ''
  refresh()
  return said
}

function draw(next) {
  const before = state
  state = next
  view.channel = next.channel ?? ''
  document.title = `Sample chat · ${next.team}`
  at('team').textContent = next.team
  const pick = JSON.stringify([next.people, next.channels, next.channel, view.as])
  if (pick !== at('channels').dataset.drawn) drawSide(next, pick)
  drawList(at('messages'), next.messages, before?.channel !== next.channel)
  at('thread-pane').hidden = next.thread === null
  drawList(at('thread'), next.thread ?? [], before?.thread?.[0]?.ts !== next.thread?.[0]?.ts)
  drawNotices(next.notices)
  openForm(at('form'), next.form, act)
}

function drawSide(next, drawn) {
  at('channels').dataset.drawn = drawn
  at('as').replaceChildren(
    ...next.people.map(({ id, name }) => element('option', { value: id, selected: id === view.as }, name)),
  )
  at('channels').replaceChildren(
    ...next.channels.map(({ id, name }) => {
      const button = element('button', { type: 'button' }, `# ${name}`)
      if (id === next.channel) button.setAttribute('aria-current', 'page')
      button.addEventListener('click', () => {
        Object.assign(view, { channel: id, thread: null, pointed: null })
        refresh()
      })
      return element('li', {}, button)
    }),
  )
  const channel = next.channels.find(({ id }) => id === next.channel)
  at('channel-name').textContent = channel ? `# ${channel.name}` : 'No channel'
  at('channel-topic').textContent = channel
    ? `${channel.topic} · ${channel.members} members${channel.recorded ? '' : ' · On Record is not in this channel'}`
    : ''
  at('text').placeholder = channel ? `Message #${channel.name}` : ''
}

/** Only messages that changed are drawn again, so that focus and selection stay where they are. */
function drawList(list, messages, jump) {
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60
  const had = new Map([...list.children].map((child) => [child.dataset.ts, child]))
  const children = messages.map((message) => {
    const drawn = JSON.stringify([message, message.ts === view.pointed])
    const old = had.get(message.ts)
    if (old?.dataset.drawn === drawn) return old
    const fresh = drawMessage(message, {
      pointed: message.ts === view.pointed,
      inThread: list.id === 'thread',
      act,
      open,
      edit,
      channel: view.channel,
    })
    fresh.dataset.drawn = drawn
    if (old?.contains(document.activeElement)) queueMicrotask(() => fresh.focus())
    return fresh
  })
  const same =
    children.length === list.children.length &&
    children.every((child, index) => child === list.children[index])
  if (!same) list.replaceChildren(...children)
  const pointed = list.querySelector('.pointed')
  if (jump && pointed) pointed.scrollIntoView({ block: 'center' })
  else if (jump || (atEnd && !same)) list.scrollTop = list.scrollHeight
}

function drawNotices(notices) {
  const drawn = JSON.stringify(notices)
  if (at('notices').dataset.drawn === drawn) return
  at('notices').dataset.drawn = drawn
  at('notices').replaceChildren(
    ...notices
      .slice(-3)
      .map(({ pieces }) =>
        element(
          'div',
          { className: 'notice' },
          element('div', { className: 'small' }, 'Only you can see this'),
          ...pieces.map(piece),
        ),
      ),
  )
}

function open(ts) {
  view.thread = ts
  refresh().then(() => at('reply-text').focus())
}

function edit(message) {
  const dialog = at('edit')
  at('edit-text').value = message.pieces
    .map(({ text, kind }) => (kind === 'code' ? `\`\`\`${text}\`\`\`` : text))
    .join('')
  dialog.returnValue = ''
  dialog.onclose = () => {
    if (dialog.returnValue === 'save') act('edit', { ts: message.ts, text: at('edit-text').value })
  }
  dialog.showModal()
}

function composer(form, field, extra) {
  const send = async () => {
    const text = field.value.trim()
    if (text === '') return
    field.value = ''
    if (text.startsWith('/record')) await act('command', { text: text.slice(7).trim() })
    else await act('say', { text, ...extra() })
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    send()
  })
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault()
      send()
    }
  })
}

composer(at('compose'), at('text'), () => ({}))
composer(at('reply'), at('reply-text'), () => ({ thread: view.thread }))
at('as').addEventListener('change', () => {
  view.as = at('as').value
  localStorage.setItem('as', view.as)
  refresh()
})
at('thread-close').addEventListener('click', () => {
  view.thread = null
  refresh()
})

refresh()
setInterval(refresh, 1_000)
