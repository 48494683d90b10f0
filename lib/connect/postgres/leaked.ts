/** The password in what leaked: itself, the one in a connection string, or what follows `..PASSWORD=`. */
export function passwordIn(secret: string): string {
  return fromUrl(secret) ?? fromAssignment(secret) ?? secret
}

function fromUrl(secret: string): string | null {
  const found = /\bpostgres(?:ql)?:\/\/[^\s:@/]*:([^\s@]+)@/i.exec(secret)
  if (!found?.[1]) return null
  try {
    return decodeURIComponent(found[1])
  } catch {
    return found[1]
  }
}

function fromAssignment(secret: string): string | null {
  return /^[\w.-]*pass(?:word|wd)?\s*[=:]\s*(["']?)(\S+)\1\s*$/i.exec(secret)?.[2] ?? null
}
