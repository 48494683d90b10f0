/** Text from messages only ever becomes a text node. */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

export function piece({ kind, text, href }) {
  if (kind === 'code') return element('code', {}, text)
  if (kind === 'link') return link(href, text)
  return document.createTextNode(text)
}

function link(href, text) {
  return element('a', { href, target: '_blank', rel: 'noopener noreferrer' }, text)
}

const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })

export function drawMessage(message, { pointed, inThread, act, open, edit, channel }) {
  const { ts, author, app } = message
  const article = element('article', { className: pointed ? 'message pointed' : 'message', tabIndex: 0 })
  article.dataset.ts = ts
  article.setAttribute('aria-label', `${author}, ${TIME.format(new Date(message.at))}`)
  const face = element('div', { className: app ? 'face bot' : 'face' }, initials(author))
  face.setAttribute('aria-hidden', 'true')
  article.append(
    face,
    element('div', {}, ...header(message), ...body(message, act), ...marks(message, inThread, open)),
  )
  const doings = {
    promote: () => act('promote', { ts }),
    open: () => open(message.thread ?? ts),
    edit: () => edit(message),
    remove: () => act('delete', { ts }),
  }
  article.append(tools(message, inThread, doings))
  article.addEventListener('keydown', (event) => keys(event, article, message, doings))
  article.dataset.channel = channel
  return article
}

function header({ author, app, at, edited }) {
  const time = element(
    'time',
    { className: 'at', dateTime: at, title: new Date(at).toLocaleString() },
    TIME.format(new Date(at)),
  )
  const made = [element('span', { className: 'by' }, author)]
  if (app) made.push(element('span', { className: 'tag' }, 'APP'))
  made.push(time)
  if (edited) made.push(element('span', { className: 'at' }, '(edited)'))
  return made
}

function body({ pieces, attachments, blocks, ts }, act) {
  const made = []
  if (pieces.length > 0) made.push(element('div', { className: 'said' }, ...pieces.map(piece)))
  for (const { title, text } of attachments)
    made.push(
      element(
        'div',
        { className: 'attachment' },
        element('strong', {}, title),
        element('div', { className: 'said' }, text),
      ),
    )
  if (blocks)
    made.push(
      element(
        'div',
        { className: 'card' },
        ...blocks.map((block) => drawBlock(block, (action_id) => act('press', { ts, action_id }))),
      ),
    )
  return made
}

export function drawBlock(block, press) {
  if (block.type === 'context')
    return element(
      'p',
      { className: 'small said' },
      ...block.elements.map(({ text }) => element('span', {}, `${text} `)),
    )
  if (block.type === 'actions')
    return element('div', { className: 'actions' }, ...block.elements.map((one) => drawAction(one, press)))
  if (block.type === 'divider') return element('hr')
  return element('p', { className: 'said' }, block.text?.text ?? '')
}

function drawAction({ text, url, action_id }, press) {
  if (url) return /^https?:\/\//.test(url) ? link(url, text.text) : document.createTextNode(text.text)
  const button = element('button', { type: 'button' }, text.text)
  button.addEventListener('click', async () => {
    button.disabled = true
    await press(action_id)
    button.disabled = false
  })
  return button
}

function marks({ reactions, replies, thread, ts }, inThread, open) {
  const made = reactions.map(({ name, count }) =>
    element('span', { className: 'reaction', title: name }, `:${name}: ${count}`),
  )
  if (replies > 0 && !inThread) {
    const button = element(
      'button',
      { type: 'button', className: 'quiet' },
      replies === 1 ? '1 reply' : `${replies} replies`,
    )
    button.addEventListener('click', () => open(thread ?? ts))
    made.push(button)
  }
  return made.length > 0 ? [element('div', { className: 'marks' }, ...made)] : []
}

function tools({ mine, author }, inThread, doings) {
  const list = [['Put on record', doings.promote]]
  if (!inThread) list.push(['Reply', doings.open])
  if (mine) list.push(['Edit', doings.edit], ['Delete', doings.remove])
  const made = list.map(([label, run]) => {
    const button = element('button', { type: 'button' }, label)
    button.addEventListener('click', run)
    return button
  })
  const bar = element('div', { className: 'tools' }, ...made)
  bar.setAttribute('role', 'group')
  bar.setAttribute('aria-label', `Message of ${author}`)
  return bar
}

function keys(event, article, { mine }, doings) {
  if (event.target !== article || event.ctrlKey || event.metaKey || event.altKey) return
  const move = {
    j: article.nextElementSibling,
    ArrowDown: article.nextElementSibling,
    k: article.previousElementSibling,
    ArrowUp: article.previousElementSibling,
  }
  const run = {
    p: doings.promote,
    Enter: doings.open,
    r: doings.open,
    ...(mine ? { e: doings.edit, Delete: doings.remove } : {}),
  }[event.key]
  if (event.key in move) move[event.key]?.focus()
  else if (run) run()
  else return
  event.preventDefault()
}

function initials(name) {
  return name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 2)
    .toUpperCase()
}
