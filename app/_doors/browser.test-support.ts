/** The cookies that a browser keeps for one site. */
export type Jar = {
  readonly keep: (headers: Headers) => void
  readonly header: () => string
  readonly names: () => string[]
  readonly get: (name: string) => string | undefined
}

export function jar(): Jar {
  const kept = new Map<string, string>()
  return {
    keep(headers) {
      for (const line of headers.getSetCookie()) {
        const [pair = ''] = line.split(';')
        const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
        if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(line)) kept.delete(name)
        else kept.set(name, value)
      }
    },
    header: () => [...kept].map(([name, value]) => `${name}=${value}`).join('; '),
    names: () => [...kept.keys()],
    get: (name) => kept.get(name),
  }
}

/** Follows redirects at a site until they lead to `home`, and answers with that address. */
export async function followTo(home: string, from: string, cookies: Jar): Promise<URL> {
  let at = new URL(from)
  for (let steps = 0; steps < 10 && at.origin !== home; steps++) {
    const response = await fetch(at, { redirect: 'manual', headers: { cookie: cookies.header() } })
    cookies.keep(response.headers)
    const location = response.headers.get('location')
    if (!location)
      throw new Error(`${at.pathname} answered ${response.status}: ${(await response.text()).slice(0, 500)}`)
    at = new URL(location, at)
  }
  return at
}
