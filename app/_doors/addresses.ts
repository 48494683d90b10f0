import { z } from 'zod'
import { caseId, personId, requestId, text } from '@/lib/act/text'
import { profile } from '@/lib/nhi/command'
import { registryCommands } from '@/lib/registry/command'
import { witnessToAsk } from './ask-witness'
import { boundOrder } from './bound-intent'
import { exportOrder } from './export-order'
import { newPasskey } from './passkey'
import { reports } from './report'
import { typedFinding } from './typed-finding'
import { changedView, newView } from './views'

export type Address = {
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly id?: string
  readonly input?: z.ZodType
  /** Media type of a body that is not JSON. */
  readonly body?: string
  readonly query?: readonly string[]
  /** Media type of an answer that is not JSON. */
  readonly answers?: string
  /** True where nobody has to be signed in. */
  readonly open?: boolean
}

const get = (path: string, summary: string, more: Partial<Address> = {}): Address => ({
  method: 'GET',
  path,
  summary,
  ...more,
})
const post = (path: string, summary: string, more: Partial<Address> = {}): Address => ({
  method: 'POST',
  path,
  summary,
  ...more,
})

/** Every address that is not a command of its own. A test compares this list with the routes that there are. */
export const ADDRESSES: readonly Address[] = [
  post('/api/v1/promotions', 'Put a pasted message on record', { input: typedFinding }),
  get('/api/v1/promotions/{draft}', 'A promotion that was begun in chat'),
  post('/api/v1/promotions/{draft}', 'Send a promotion that was begun in chat', { body: 'application/json' }),
  get('/api/v1/cases', 'A page of cases', {
    query: ['view', 'q', 'severity', 'stage', 'nhi', 'due', 'changed_since', 'after'],
  }),
  get('/api/v1/queue', 'How many open cases are in each stage, since when, and how many are overdue'),
  get(
    '/api/v1/queue/closed',
    'How long the cases closed in the last 30 or 90 days took, by severity, and how many were in time',
    {
      query: ['days'],
    },
  ),
  get('/api/v1/cases/{id}', 'A case with everything on its page'),
  post('/api/v1/cases/{id}/evidence', 'Attach a file', {
    query: ['name', 'source'],
    body: 'application/octet-stream',
  }),
  get('/api/v1/cases/{id}/evidence/{sha256}', 'Download a piece of evidence', {
    answers: 'application/octet-stream',
  }),
  get('/api/v1/cases/{id}/actions/{request}/statement', 'The statement that a decision binds to', {
    query: ['decision'],
  }),
  post('/api/v1/cases/{id}/actions/{request}/sign-in', 'Where to sign in again for exactly this statement', {
    input: boundOrder,
  }),
  get(
    '/api/v1/cases/{id}/actions/{request}/answers',
    'Who requested, approved and executed it; what proves it',
  ),
  get('/api/v1/cases/{id}/replay', 'The events that a case can be replayed by'),
  get('/api/v1/cases/{id}/replay/{seq}', 'The case right after one of its events, and who could do what'),
  get('/api/v1/cases/{id}/decisions', 'Every decision, put again to the policy set that made it'),
  post('/api/v1/cases/{id}/export', 'Export the case as a bundle, and wait for the file', {
    input: z.strictObject({ purpose: text(500) }),
    answers: 'application/zip',
  }),
  get('/api/v1/exports', 'Every export, the last one first', { query: ['after'] }),
  post('/api/v1/exports', 'Export a case, some cases, those behind a history, a period or everything', {
    input: exportOrder,
  }),
  get('/api/v1/exports/{id}', 'One export, and how far it is'),
  get('/api/v1/exports/{id}/file', 'The file of an export; takes Range', { answers: 'application/zip' }),
  post('/api/v1/exports/{id}/cancel', 'Cancel an export'),
  post('/api/v1/exports/{id}/retry', 'Have an export written again'),
  post('/api/v1/exports/{id}/remove', 'Delete the file of an export'),
  get('/api/v1/approvals', 'Actions that wait for a decision'),
  get('/api/v1/nhis', 'The registry of non-human identities', { query: ['q', 'owner', 'environment'] }),
  post('/api/v1/nhis', 'Register a non-human identity', { input: profile }),
  post('/api/v1/nhis/import', 'Register a list of identities', { query: ['mode'], body: 'text/csv' }),
  get('/api/v1/nhis/{id}', 'A non-human identity'),
  get('/api/v1/members', 'Everybody in the organisation'),
  post('/api/v1/members', 'Add a member', { input: registryCommands.addMember.input }),
  get('/api/v1/passkeys', 'The passkeys of the caller, or of a member', { query: ['of'] }),
  post('/api/v1/passkeys', 'Enrol a passkey that the browser has made', { input: newPasskey }),
  post('/api/v1/passkeys/challenge', 'What a browser needs to make a passkey', { input: z.strictObject({}) }),
  get('/api/v1/history', 'Everything that happened', {
    query: ['case', 'actor', 'kind', 'type', 'outcome', 'from', 'to', 'q', 'after'],
  }),
  get('/api/v1/history/cases', 'How many cases stand behind a history', {
    query: ['case', 'actor', 'kind', 'type', 'outcome', 'from', 'to', 'q'],
  }),
  get('/api/v1/history/views', 'The views of the history that the reader keeps'),
  post('/api/v1/history/views', 'Keep a view of the history', { input: newView }),
  get('/api/v1/history/views/{id}', 'A view of the history, whoever keeps it'),
  post('/api/v1/history/views/{id}', 'Rename a view, or give it other filters', { input: changedView }),
  post('/api/v1/history/views/{id}/remove', 'Keep a view no longer'),
  get('/api/v1/search', 'Cases by number or words', { query: ['q'] }),
  get('/api/v1/settings', 'The installation'),
  get('/api/v1/erasure', 'What is held, what is to be erased, and the retention rule'),
  get('/api/v1/erasure/preview', 'What a retention rule would erase today', {
    query: ['days', 'what', 'except'],
  }),
  post('/api/v1/registry/chat/test', 'Ask Slack who we are there'),
  post('/api/v1/registry/witnesses/test', 'Ask a witness about the newest checkpoint now', {
    input: witnessToAsk,
  }),
  get('/api/v1/session', 'Who is signed in', { open: true }),
  get('/api/v1/stream', 'Changes as they happen', { answers: 'text/event-stream' }),
  get('/api/v1/openapi.json', 'This document', { open: true }),
  post('/api/v1/token', 'An access token for a machine (RFC 7523)', {
    open: true,
    body: 'application/x-www-form-urlencoded',
  }),
  get('/api/v1/executor/work', 'What the calling executor has to do'),
  post('/api/v1/executor/warrant', 'The warrant of a started action', {
    input: z.strictObject({ case: caseId, request: requestId }),
  }),
  post('/api/v1/executor/redeem', 'Redeem a warrant, once', {
    input: z.strictObject({ warrant: z.string().max(8_192) }),
  }),
  post('/api/v1/executor/plan', 'Report the dry run', { input: reports.recordPlan }),
  post('/api/v1/executor/plan-failure', 'Report that the dry run failed', {
    input: reports.reportPlanFailure,
  }),
  post('/api/v1/executor/receipt', 'Report what the execution did', { input: reports.reportExecution }),
  post('/api/v1/executor/probe', 'Report what the probe saw', { input: reports.reportProbe }),
  get('/api/v1/executor/secrets/{case}', 'The secrets of a case, sealed to the calling executor'),
  get('/api/auth/{nextauth}', 'Single sign-on', { open: true, answers: 'text/html' }),
  post('/api/auth/local', 'Sign in as a person of the sample, on this machine only', {
    open: true,
    input: z.strictObject({ person: personId }),
  }),
  post('/api/auth/signout', 'End the session', { open: true }),
  get('/api/health', 'The process lives', { open: true }),
  get('/api/ready', 'Requests can be answered', { open: true }),
  get('/.well-known/jwks.json', 'The keys that verify our warrants', { open: true }),
  get('/api/log/{org}/checkpoint', 'The newest checkpoint of an organisation’s log (C2SP tlog-tiles)', {
    open: true,
    answers: 'text/plain',
  }),
  get('/api/log/{org}/checkpoint/witnessed', 'The newest checkpoint that enough witnesses cosigned', {
    open: true,
    answers: 'text/plain',
  }),
  get('/api/log/{org}/tile/{tile}', 'A tile or an entry bundle of it, by its path', {
    open: true,
    answers: 'application/octet-stream',
  }),
  get('/api/slack/link', 'Link a Slack account to the member who is signed in', {
    query: ['token'],
    answers: 'text/html',
  }),
  post('/api/slack/link', 'Say that the Slack account is theirs', {
    body: 'application/x-www-form-urlencoded',
  }),
  post('/api/slack/events', 'What Slack tells us', { open: true, body: 'application/json' }),
  post('/api/slack/interactions', 'What people do in Slack', {
    open: true,
    body: 'application/x-www-form-urlencoded',
  }),
  post('/api/slack/commands', 'What people type in Slack', {
    open: true,
    body: 'application/x-www-form-urlencoded',
  }),
]
