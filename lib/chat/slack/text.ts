/** Slack's mrkdwn as plain text. Only its escapes and angle brackets are undone; nothing is interpreted or rendered. */
export function toPlain(mrkdwn: string): string {
  return unescaped(mrkdwn.replace(/<([^<>\n]{1,3000})>/g, (_, inside: string) => spelled(inside)))
}

/** The other way round: text from outside in a place where Slack would read mrkdwn. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>' })[name] ?? '')
}

function spelled(inside: string): string {
  const bar = inside.indexOf('|')
  const target = bar === -1 ? inside : inside.slice(0, bar)
  const label = bar === -1 ? null : inside.slice(bar + 1)
  if (target.startsWith('@')) return `@${label ?? target.slice(1)}`
  if (target.startsWith('#')) return `#${label ?? target.slice(1)}`
  if (target.startsWith('!date^')) return label ?? target
  if (target.startsWith('!')) return label ?? `@${target.slice(1).split('^')[0]}`
  return link(target, label)
}

/** A label never hides where a link goes. Slack makes `<mailto:a@b|a@b>` of any `a@b`, also inside a connection string. */
function link(target: string, label: string | null): string {
  const bare = target.replace(/^(?:mailto:|tel:|https?:\/\/)/, '')
  if (label === null) return target.startsWith('mailto:') || target.startsWith('tel:') ? bare : target
  if (label === target || label === bare) return label
  return `${label} (${target})`
}
