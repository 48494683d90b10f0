/**
 * The key under which a delivery is inserted in the inbox, once. Slack repeats deliveries; its retry headers say nothing
 * about whether we have kept the first, so they are not looked at.
 */
export function dedupeKey(...parts: (string | null | undefined)[]): string {
  return ['slack', ...parts.map((part) => part ?? '-')].join(':').slice(0, 400)
}
