import type { Evidence } from '../case/case'
import { digestOf, party, seqs, text } from './facts'
import type { Recorded } from './recorded'
import { of, type Told } from './told'
import type { Answer } from './view'

export function proved(told: Told): Answer {
  const { request, name } = told
  const { verification, probe } = request
  const pieces = evidenceOf(told)
  const count = `${pieces.length} ${pieces.length === 1 ? 'piece' : 'pieces'} of evidence`
  const sentence = verification
    ? `${name(verification.verifier)} judged that it ${verification.outcome === 'passed' ? 'worked' : 'did not work'}, on ${count}.`
    : probe
      ? `A probe found it ${probe.outcome}; nobody has judged it yet.`
      : 'Nobody has checked it.'
  return {
    question: 'proved',
    answered: verification !== null,
    sentence,
    parties: verification ? [party(verification.verifier, 'verified')] : [],
    facts: [
      ...(verification?.note ? [text('Verifier’s note', verification.note)] : []),
      ...(probe ? [text('Probe', probe.summary)] : []),
      ...pieces.map(({ name: file, sha256 }) => ({
        ...digestOf(file, `sha256:${sha256}`),
        evidence: sha256,
      })),
    ],
    events: seqs([
      ...of(told, 'action.planned', 'probe.requested', 'probe.reported', 'verification.recorded'),
      ...attached(told),
    ]),
  }
}

/** What the verifier named, the receipt and what the probe saw: each once. */
function evidenceOf({ request, events, state }: Told): Evidence[] {
  const named = events.flatMap(({ envelope }) => {
    const { evidence, result_sha256 } = envelope?.data ?? {}
    return [...(Array.isArray(evidence) ? evidence : []), result_sha256].map(String)
  })
  const wanted = new Set([...named, request.result?.result_sha256, request.probe?.result_sha256])
  return state.evidence.filter(
    ({ sha256 }, index, all) =>
      wanted.has(sha256) && all.findIndex((each) => each.sha256 === sha256) === index,
  )
}

/** The events by which that evidence was attached. */
export function attached(told: Told): Recorded[] {
  const wanted = evidenceOf(told).map(({ sha256 }) => sha256)
  return told.all.filter(
    ({ type, envelope }) => type === 'evidence.attached' && wanted.includes(String(envelope?.data.sha256)),
  )
}
