import type { Finding, Report, Verdict } from '../../lib/record/verify'

/** The report for a terminal: verdicts first, then each finding with its exact place. */
export function printed(report: Report): string {
  const { log, streams, findings } = report
  const shown =
    streams.length === 1 ? `${streams[0]?.case}, ${streams[0]?.events} events` : `${streams.length} streams`
  const lines = [
    log ? `${shown}, in the log ${log.origin} of ${log.size} entries` : shown,
    '',
    `  integrity     ${words(report.integrity)}`,
    `  completeness  ${words(report.completeness)}`,
    `  authenticity  ${words(report.authenticity)}`,
    '',
    report.conclusion,
    ...section(report, findings, 'fail', 'Wrong:'),
    ...section(report, findings, 'not-shown', 'Not shown:'),
    ...section(report, findings, 'note', 'Worth knowing:'),
    '',
  ]
  return lines.map(visible).join('\n')
}

function words(verdict: Verdict): string {
  return { pass: 'pass', fail: 'FAIL', 'not-shown': 'not shown' }[verdict]
}

function section(
  report: Report,
  findings: readonly Finding[],
  level: Finding['level'],
  title: string,
): string[] {
  const own = findings.filter((finding) => finding.level === level)
  return own.length === 0 ? [] : ['', title, ...own.flatMap((finding) => entry(report, finding, findings))]
}

function entry({ counts }: Report, finding: Finding, findings: readonly Finding[]): string[] {
  const { code, sentence, where } = finding
  const kept = findings.filter((other) => other.code === code)
  const more = finding === kept.at(-1) ? (counts[code] ?? 0) - kept.length : 0
  return [
    `  ${code}  ${placeOf(where)}`,
    `      ${sentence}`,
    ...(more > 0 ? [`      and ${more} more like this`] : []),
  ]
}

function placeOf({ file, line, case: stream, seq }: Finding['where']): string {
  const event = seq === undefined ? '' : ` event ${seq}`
  return [file + (line === undefined ? '' : `:${line}`), stream === undefined ? event.trim() : stream + event]
    .filter(Boolean)
    .join(', ')
}

/** Names in a bundle are anybody's text: control and invisible characters must not steer the reader's terminal or eye. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    return `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`
  })
}
