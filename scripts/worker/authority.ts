/** What is wrong with an authority's answer, as a sentence for the record. */
export class NotStamped extends Error {
  override readonly name = 'NotStamped'
}

const PATIENCE_MS = 15_000
const LONGEST = 64 * 1024

/** Sends a TimeStampReq over HTTP (RFC 3161 3.4). Follows nowhere else, waits a while, reads a little. @throws NotStamped */
export async function askAuthority(url: string, request: Uint8Array): Promise<Uint8Array> {
  const response = await fetch(url, {
    method: 'POST',
    body: new Uint8Array(request),
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
    headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
  }).catch(() => {
    throw new NotStamped('The authority did not answer.')
  })
  if (!response.ok) throw new NotStamped(`The authority answered with ${response.status}.`)
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of response.body ?? []) {
      length += chunk.length
      if (length > LONGEST) break
      chunks.push(chunk)
    }
  } catch {
    throw new NotStamped('The authority’s answer broke off.')
  }
  if (length > LONGEST) throw new NotStamped('The authority’s answer is longer than any timestamp.')
  return new Uint8Array(Buffer.concat(chunks))
}
