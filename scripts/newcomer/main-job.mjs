import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { desk } from './desk.mjs'
import { quiet } from './launch.mjs'

/**
 * The main job through the public API: a leaked password goes from a pasted message to an export that others can check, by
 * different people and an executor, on a real database role.
 * @param {{ url: string, clone: string, folder: string, env: Record<string, string | undefined>, step: import('./steps.mjs').Step }} run
 */
export async function mainJob({ url, clone, folder, env, step }) {
  const { ask, json, until } = desk(url)
  const leaked = JSON.parse(
    await readFile(join(clone, '.on-record', 'sample', 'sample-target.json'), 'utf8'),
  ).svc_orders

  const promoted = await step('Hugo promotes the message in which the password leaked', () =>
    json('usr_hugo', '/api/v1/promotions', {
      author: 'Hugo Brandt',
      said_at: new Date().toISOString(),
      text: `does anyone know why this fails?\nDATABASE_URL=postgres://svc_orders:${encodeURIComponent(leaked)}@orders-db.halden.internal:5432/orders`,
      title: 'Database password pasted in chat',
      category: 'leaked-secret',
      severity: 'medium',
    }),
  )
  const id = promoted.case
  const path = `/api/v1/cases/${id}`
  /** @param {string} person @param {string} command @param {unknown} input */
  const act = (person, command, input) => json(person, `${path}/${command}`, input)
  /** @param {(file: any) => any} wanted @param {string} what */
  const see = (what, wanted) => until('usr_ada', path, what, wanted)

  await step('the password is masked, and the identity is found by its fingerprint', async () => {
    const text = await (await ask('usr_ada', path)).text()
    if (text.includes(leaked)) throw new Error('the password is in the case')
    if (!text.includes('nhi_svc-orders'))
      await act('usr_ada', 'link-nhi', { nhi: 'nhi_svc-orders', reason: 'Named in the message' })
  })
  await step('Ada vouches for the message, Bruno confirms the finding', async () => {
    await act('usr_ada', 'raise-trust', { reason: 'I saw the message in the channel.' })
    const context = {
      criticality: 'high',
      privilege: 'high',
      exposure: 'internal',
      note: 'The password works.',
    }
    await act('usr_bruno', 'confirm-case', context)
  })
  await step('Bruno assigns it to Ada, who accepts', async () => {
    await act('usr_bruno', 'assign-case', { assignee: 'usr_ada' })
    await act('usr_ada', 'accept-assignment', {})
  })
  const purpose = 'Make the leaked password worthless.'
  const proposed = await step('Ada proposes to rotate the password', () =>
    act('usr_ada', 'propose-action', {
      kind: 'postgres.rotate-password',
      params: { end_sessions: true },
      nhi: 'nhi_svc-orders',
      purpose,
    }),
  )
  const request = proposed.ids.request
  /** @param {any} file */
  const action = (file) => file.actions.find((/** @type {any} */ each) => each.request === request)

  await step('the executor plans it', () => see('the plan', (file) => action(file)?.plan !== null))
  await step('the approvers approve exactly that change', async () => {
    for (const person of ['usr_chiara', 'usr_dev']) {
      if (action(await json('usr_ada', path)).status !== 'awaiting-approval') break
      const { statement } = await json(person, `${path}/actions/${request}/statement?decision=approve`)
      await act(person, 'approve-action', { request, statement, dwell_ms: 5_000 })
    }
    await see('the approval', (file) => action(file).status === 'approved')
  })
  await step('the executor carries it out under a warrant', async () => {
    await act('usr_ada', 'start-execution', { request })
    await see('the execution', (file) => action(file).result?.outcome === 'succeeded')
  })
  const probe = await step('a probe shows that the leaked password no longer works', async () => {
    const file = await json('usr_ada', path)
    if (file.stage === 'act') await act('usr_ada', 'advance-case', { to: 'verify' })
    await act('usr_grace', 'request-probe', { request })
    const seen = await see('the probe', (each) => action(each).probe)
    if (seen.outcome !== 'effective') throw new Error(`the probe says ${seen.outcome}: ${seen.summary}`)
    return seen
  })
  await step('Grace verifies it, Ada closes the case', async () => {
    const evidence = [probe.result_sha256]
    await act('usr_grace', 'record-verification', {
      request,
      outcome: 'passed',
      evidence,
      note: 'The old password is refused.',
    })
    await act('usr_ada', 'close-case', { disposition: 'remediated', summary: 'The password was rotated.' })
  })
  const bundle = join(folder, 'case.zip')
  await step('Esther exports the case', async () => {
    const answer = await ask('usr_esther', `${path}/export`, { purpose: 'Quarterly review' })
    await writeFile(bundle, Buffer.from(await answer.arrayBuffer()))
  })
  await step('npx on-record verify finds nothing wrong with it', async () => {
    const report = JSON.parse(
      between(await quiet('npx', ['on-record', 'verify', bundle, '--json'], clone, env)),
    )
    if (report.integrity !== 'pass' || report.completeness !== 'pass' || report.authenticity === 'fail')
      throw new Error(JSON.stringify(report))
  })
  await checkElsewhere({ clone, folder, env, step, number: promoted.number })
}

/** With programs that nobody here wrote. @param {{ clone: string, folder: string, env: Record<string, string | undefined>, step: import('./steps.mjs').Step, number: number }} run */
async function checkElsewhere({ clone, folder, env, step, number }) {
  const bag = join(folder, 'bag')
  await step('npx on-record export writes it as a folder, which sha256sum -c accepts', async () => {
    await quiet('npx', ['on-record', 'export', '--case', String(number), '--out', bag], clone, env)
    await quiet(
      'sha256sum',
      ['--check', '--quiet', 'manifest-sha256.txt', 'tagmanifest-sha256.txt'],
      bag,
      env,
    )
  })
  await step('ssh-keygen -Y verify accepts its signature by the published key', async () => {
    const keys = JSON.parse(between(await quiet('npx', ['on-record', 'keys', '--json'], clone, env)))
    const signers = join(folder, 'allowed-signers')
    await writeFile(signers, `on-record ${keys.export.key}\n`)
    const manifest = await readFile(join(bag, 'tagmanifest-sha256.txt'), 'utf8')
    const args = [
      '-Y',
      'verify',
      '-f',
      signers,
      '-I',
      'on-record',
      '-n',
      'onrecord-bundle@v1',
      '-s',
      'tagmanifest-sha256.txt.sig',
    ]
    await quiet('ssh-keygen', args, bag, env, manifest)
  })
  await step('a bundle with one changed byte is refused', async () => {
    const file = join(bag, 'data', 'events.ndjson')
    await writeFile(file, (await readFile(file, 'utf8')).replace('usr_bruno', 'usr_grace'))
    const refused = await quiet('npx', ['on-record', 'verify', bag], clone, env).then(
      () => false,
      () => true,
    )
    if (!refused) throw new Error('it was accepted')
  })
  await step('npx on-record rebuild finds no differences', () =>
    quiet('npx', ['on-record', 'rebuild'], clone, env).then(() => undefined),
  )
}

/** npx may say something of its own before. @param {string} text */
function between(text) {
  return text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)
}
