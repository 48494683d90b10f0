import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkedFile, policyTexts } from '../../db/deps'
import { loadPolicies } from '../../lib/policy/authorize'
import { checkedText } from '../../lib/policy/checked'
import { home } from '../home'

// A build whose policy set can't be trusted fails; one that can needn't be checked again by each process that starts.
const folder = join(home(), 'policies')
writeFileSync(checkedFile(folder), checkedText(loadPolicies(policyTexts(folder))))
