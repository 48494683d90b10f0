import type { Context } from './context'
import type { Facts } from './facts'
import type { Reporter, Where } from './report'

/** Each erased body was erased on record, and nothing else was put in its place. */
export function checkRedactions({ report }: Context, { erased, redactions }: Facts): void {
  for (const { entry, where } of erased) {
    const explained = redactions.find(
      (redaction) => redaction.case === entry.case && redaction.of === entry.seq,
    )
    if (!explained || explained.seq <= entry.seq) {
      report.add(
        'redaction.unexplained',
        "This event's body is missing, and no event says that it was erased.",
        where,
      )
    } else if (explained.body !== entry.body) {
      report.add('redaction.mismatch', 'The event that was erased had another digest.', where)
    } else {
      report.add(
        'redaction.erased',
        `This event's body was erased by ${explained.actor.id} at ${explained.at}.`,
        where,
      )
    }
  }
}

/** What fails, unless an erased event said otherwise: nobody can tell any more, so that nothing is called verified. */
export function untold(report: Reporter, sentence: string, where: Where): void {
  report.add('redaction.untold', `${sentence} Perhaps an event said so that was erased.`, where)
}
