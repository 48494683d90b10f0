/** Waits for a ring, the end of a time, or the order to stop, whichever is first. */
export function doorbell(signal: AbortSignal) {
  let rung = false
  let wake: (() => void) | null = null
  const ring = () => {
    rung = true
    wake?.()
  }
  signal.addEventListener('abort', ring)
  const wait = async (most: number) => {
    if (!rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, most)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    rung = false
    wake = null
  }
  return { ring, wait }
}
