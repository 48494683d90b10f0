/** The API's folders that stay with Next: sign-in is next-auth's, and an orchestrator asks whether the pages' server lives. */
export const OF_NEXT = ['auth', 'health']
