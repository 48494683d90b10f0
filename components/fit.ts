/**
 * How well something fits what was typed: every word of it has to occur, in whatever order. What begins with it comes first (1), then the rest
 * (0.5); 0 is not shown. Letters that merely occur in order don't count: who looks for "heron" means no helpdesk's support-bot.
 */
export function fitOf(value: string, typed: string): number {
  const [where, what] = [value.toLowerCase(), typed.trim().toLowerCase()]
  if (!what.split(/\s+/).every((word) => where.includes(word))) return 0
  return where.startsWith(what) ? 1 : 0.5
}
