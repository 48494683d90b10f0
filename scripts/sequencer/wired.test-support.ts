import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { done, LOG_ORIGIN, type TestDatabase } from '../../db/database.test-support'
import { logSeed } from '../../db/keys/log-key'
import { LOG_KEY } from '../../db/keys/make'
import { urlAs } from '../../db/roles'
import { SECRET } from '../../db/secret.test-support'
import { sampleActor } from '../../db/seed/actors'
import { SAMPLE_ORG } from '../../db/seed/people'
import { formatVkey, noteSigner } from '../../lib/record/note'
import { foldersIn, makeFolders } from '../start/folders'
import { fillRings } from '../start/key-rings'
import { type Gate, gate, requests, statements } from '../test/gate.test-support'
import { bundleProgram, type Running, startProgram } from '../test/program.test-support'
import { bundleWitness, startWitness } from '../witness/witness.test-support'

/** A sequencer's program that can be stopped on its wires: to the database, and to another team's witness. */
export type Wired = {
  readonly start: () => Running
  readonly wire: Gate
  readonly toWitness: Gate
  /** Where it keeps its key, and the last signed checkpoints. */
  readonly folder: string
  readonly close: () => Promise<void>
}

export async function wired(test: TestDatabase): Promise<Wired> {
  const folders = foldersIn(await mkdtemp(join(tmpdir(), 'on-record-wired-')))
  await makeFolders(folders)
  const origin = `${LOG_ORIGIN}/${SAMPLE_ORG}`
  const rings = await fillRings(folders, {}, origin)
  const wire = await gate(Number(new URL(test.adminUrl).port), statements)
  const address = new URL(urlAs('on_record_sequencer', test.adminUrl, SECRET))
  address.port = String(wire.port)
  const [, seed] = logSeed(rings.sequencer.held(LOG_KEY)[0]?.text ?? '')
  const log = formatVkey(noteSigner(origin, seed))
  const own = await mkdtemp(join(tmpdir(), 'on-record-witness-'))
  const witness = await startWitness(await bundleWitness(), own, [log])
  const port = Number(new URL(witness.url).port)
  const toWitness = await gate(port, requests(port))
  await done(test.deps, sampleActor('usr_farid'), {
    ...{ kind: 'registry', stream: 'registry', command: 'addWitness' },
    input: { vkey: witness.vkey, url: `http://127.0.0.1:${toWitness.port}` },
  })
  const bundle = await bundleProgram('sequencer')
  const env = {
    ...rings.told.sequencer,
    ON_RECORD_SEQUENCER_DATABASE_URL: address.href,
    ON_RECORD_SEQUENCER_FOLDER: folders.sequencer,
  }
  return {
    ...{ wire, toWitness, folder: folders.sequencer },
    start: () => startProgram(bundle, env),
    async close() {
      await witness.kill()
      wire.close()
      toWitness.close()
    },
  }
}
