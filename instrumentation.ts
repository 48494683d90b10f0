/** Next calls it once, when the server starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { takeAnyRequest } = await import('./app/_doors/readable')
  takeAnyRequest()
}
