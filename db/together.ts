import { isUnavailable } from './client'

/** No statement answers more than this. As many again are not kept waiting for it: they are asked beside it. */
const FULL = 8
const AT_ONCE = 2

type Waiting<Question, Answer> = {
  readonly question: Question
  readonly done: (answer: Answer) => void
  readonly fail: (error: unknown) => void
}

/**
 * One round trip for what is asked at the same time: at once when nothing is under way, and together with all that came meanwhile
 * otherwise. So who asks alone waits for nobody, and where everybody asks, one statement answers many. What is asked must not wait long for a
 * lock: its neighbours would wait as well.
 *
 * @param ask answers in the order of the questions
 */
export function together<Question, Answer>(
  ask: (questions: readonly Question[]) => Promise<readonly Answer[]>,
): (question: Question) => Promise<Answer> {
  const waiting: Waiting<Question, Answer>[] = []
  let underWay = 0
  return (question) =>
    new Promise((done, fail) => {
      waiting.push({ question, done, fail })
      if (isDue()) void askOn()
    })

  function isDue(): boolean {
    return underWay === 0 ? waiting.length > 0 : underWay < AT_ONCE && waiting.length >= FULL
  }

  async function askOn(): Promise<void> {
    while (isDue()) {
      underWay += 1
      await answer(waiting.splice(0, FULL))
      underWay -= 1
    }
  }

  async function answer(asked: readonly Waiting<Question, Answer>[]): Promise<void> {
    try {
      const answers = await ask(asked.map(({ question }) => question))
      for (const [place, { done, fail }] of asked.entries()) {
        if (place in answers) done(answers[place] as Answer)
        else fail(new Error('A question was not answered.'))
      }
    } catch (error) {
      // What one question makes fail is no failure of its neighbours.
      if (asked.length > 1 && !isUnavailable(error)) await Promise.all(asked.map((each) => answer([each])))
      else for (const { fail } of asked) fail(error)
    }
  }
}
