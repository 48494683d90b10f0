import type { Forms } from '../form/form'
import { actionForms } from './forms-action'
import { confirmForms } from './forms-confirm'
import { correctForms } from './forms-correct'
import { erasureForms } from './forms-erasure'
import { identifyForms } from './forms-identify'
import { moveForms } from './forms-move'
import { riskForms } from './forms-risk'

/** The dialogs of a case's commands, by command. */
export const caseForms: Forms = {
  ...identifyForms,
  ...confirmForms,
  ...riskForms,
  ...moveForms,
  ...actionForms,
  ...correctForms,
  ...erasureForms,
}
