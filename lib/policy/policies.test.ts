import { describe, expect, it, test } from 'vitest'
import { caseCommands } from '../case/command'
import { nhiCommands } from '../nhi/command'
import { registryCommands } from '../registry/command'
import {
  ada,
  ask,
  assistant,
  bruno,
  chiara,
  dev,
  esther,
  executor,
  farid,
  hugo,
  policies,
  READS,
  texts,
  worker,
} from './policies.fixture'

const COMMANDS = [...Object.keys(caseCommands), ...Object.keys(nhiCommands), ...Object.keys(registryCommands)]

const contribute = ['promoteFinding', 'addMessage', 'addComment', 'attachEvidence']
const see = ['viewCase', 'viewNhi', 'hearChanges']
const link = ['linkMember', 'unlinkMember']
const keys = ['enrolPasskey']
const audit = ['viewAnswers', 'replayCase']

// Who may do what, in the sample organisation's usual situation. What isn't listed is refused.
const MAY: readonly [string, Parameters<typeof ask>[0], readonly string[]][] = [
  ['Hugo, a reporter', hugo, [...contribute, ...link, ...keys, ...see]],
  [
    'Bruno, an analyst',
    bruno,
    [
      ...[...contribute, ...link, ...keys, ...see, 'viewHistory'],
      ...[
        'retitleCase',
        'setSeverity',
        'raiseTrust',
        'linkNhi',
        'unlinkNhi',
        'declareNoNhi',
        'confirmCase',
        'dismissCase',
      ],
      ...[
        'assignCase',
        'proposeNoAction',
        'agreeNoAction',
        'requestException',
        'advanceCase',
        'returnCase',
        'closeCase',
      ],
      ...[
        'reopenCase',
        'correctEntry',
        'proposeAction',
        'amendAction',
        'withdrawAction',
        'settleExecution',
        'invokeBreakGlass',
        'startExecution',
        'requestProbe',
      ],
      ...['recordVerification', 'registerNhi', 'disableNhi'],
    ],
  ],
  [
    'Chiara, an approver',
    chiara,
    [
      ...[...contribute, ...link, ...keys, ...see, 'viewHistory'],
      ...['approveAction', 'refuseAction', 'grantException', 'refuseException', 'agreeNoAction'],
      'reviewBreakGlass',
    ],
  ],
  [
    'Dev, a reporter who owns svc_orders',
    dev,
    [
      ...[
        ...contribute,
        ...link,
        ...keys,
        ...see,
        'approveAction',
        'refuseAction',
        'reviewBreakGlass',
        'requestException',
        'describeNhi',
        'changeOwner',
      ],
      ...['registerCredential', 'retireCredential', 'revokeKey', 'reviewNhi', 'disableNhi'],
    ],
  ],
  [
    'Esther, an auditor',
    esther,
    [
      ...[...keys, ...see, ...audit, 'viewHistory', 'viewSettings', 'viewExports'],
      ...['exportCase', 'exportRecord'],
      ...['cancelExport', 'retryExport', 'fetchExport', 'removeExport'],
    ],
  ],
  [
    'Farid, an administrator',
    farid,
    [
      ...[
        ...contribute,
        ...link,
        ...keys,
        ...see,
        ...audit,
        'revokePasskey',
        'reviewBreakGlass',
        'viewHistory',
        'viewSettings',
        'viewExports',
        'cancelExport',
        'removeExport',
        'addMember',
        'changeRoles',
        'removeMember',
      ],
      ...[
        'restoreMember',
        'connectChat',
        'disconnectChat',
        'registerConnector',
        'rotateKey',
        ...['addWitness', 'removeWitness', 'setWitnessQuorum'],
        'configureAnchors',
        'orderAnchor',
        'registerNhi',
        'describeNhi',
        'changeOwner',
      ],
      ...[
        'registerCredential',
        'retireCredential',
        'enrollKey',
        'revokeKey',
        'reviewNhi',
        'disableNhi',
        'enableNhi',
      ],
    ],
  ],
  ['the triage assistant, an agent', assistant, [...contribute, ...see, 'proposeAction']],
  [
    'the executor',
    executor,
    [
      ...[
        'recordPlan',
        'reportPlanFailure',
        'issueWarrant',
        'redeemWarrant',
        'reportExecution',
        'reportProbe',
      ],
      'viewSealedSecret',
      'hearChanges',
    ],
  ],
  [
    'On Record itself',
    worker,
    [
      ...[
        'promoteFinding',
        'addMessage',
        'recordDrift',
        'recordCard',
        'attachEvidence',
        'expireException',
        'expireAction',
        'expireBreakGlass',
        'escalateCase',
        'escalateAssignment',
        'escalateApproval',
        'revokeWarrant',
      ],
      ...[
        'requestProbe',
        'recordUse',
        'recordRotation',
        'foundOrganisation',
        'addMember',
        ...link,
        'identifyMember',
        'activatePolicies',
      ],
      ...['publishKeys', 'retireKey', 'recordAnchor', 'exportCase', 'exportRecord'],
      ...['restartLog'],
    ],
  ],
]

const holds = ['placeHold', 'liftHold', 'holdOrganisation', 'releaseOrganisation']
/** What goes from the record, and what keeps it there, by the same people. */
const ERASING: Readonly<Record<string, readonly string[]>> = {
  [bruno.id]: ['requestErasure'],
  [chiara.id]: ['agreeErasure', 'refuseErasure', 'agreeRetention', 'refuseRetention'],
  [esther.id]: holds,
  [farid.id]: [...holds, 'requestErasure', 'proposeRetention', 'refuseRetention', 'stopRetention'],
  [worker.id]: ['eraseByRule', 'recordRemoval'],
}

describe('who may do what', () => {
  test.each(MAY)(
    'C11 C13 %s may do exactly what the table says, of all commands and reads',
    (_name, actor, expected) => {
      const permitted = [...COMMANDS, ...Object.keys(READS)].filter(
        (command) => ask(actor, command).permitted,
      )
      expect(permitted.toSorted()).toEqual([...expected, ...(ERASING[actor.id] ?? [])].toSorted())
    },
  )

  it('C11 knows every command of every table, and no other action', () => {
    expect([...policies.commands].toSorted()).toEqual([...COMMANDS, ...Object.keys(READS)].toSorted())
  })

  test.each(COMMANDS)('C11 %s is permitted to somebody by a rule that names it', (command) => {
    expect(policies.rules.some((rule) => rule.effect === 'permit' && rule.commands?.includes(command))).toBe(
      true,
    )
  })

  it('C11 refuses a command that the schema does not hold', () => {
    expect(ask(ada, 'deleteEverything')).toMatchObject({ permitted: false, rules: ['default.deny'] })
  })

  it('says who could, when no rule permits', () => {
    expect(ask(bruno, 'approveAction')).toMatchObject({
      rules: ['default.deny'],
      reasons: [
        'No rule permits this to you. An approver approves or refuses an action. The owner of the identity that an action changes approves or refuses it as its owner, whatever their role.',
      ],
    })
  })

  it('every rule has its sentence above it and in its reason', () => {
    for (const { id, sentence } of policies.rules) {
      expect(texts.files[`${id.split('.')[0]}.cedar`]).toContain(
        `// ${sentence}\n@id("${id}")\n@reason("${sentence}")\n`,
      )
    }
  })
})
