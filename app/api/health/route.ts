/** The process lives; it says nothing about the database, so that an orchestrator doesn't kill what only waits for it. */
export function GET(): Response {
  return Response.json({ status: 'alive' }, { headers: { 'cache-control': 'no-store' } })
}
