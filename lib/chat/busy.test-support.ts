/** Milliseconds for which a processor was busy with it: the same however many others have work for the machine meanwhile. */
export async function busyFor(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}
