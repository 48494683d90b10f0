import type { NhiProfile } from '@/lib/nhi/event'

type Dated = 'created_on' | 'last_used_on' | 'last_rotated_on' | 'expires_on'
/** Dates as days from the day of the installation: negative is past. */
type Sample = Omit<NhiProfile, Dated | 'backup_owner'> & { id: string; backup_owner?: string; days: { created: number; used?: number; rotated?: number; expires?: number } }

const production = { environment: 'production', review_days: 90 } as const

export const SAMPLE_IDENTITIES: readonly Sample[] = [
  { ...production, id: 'nhi_executor-postgres', name: 'postgres-executor', kind: 'executor', system: 'on-record', account: 'executor-postgres', privilege: 'admin', reach: 'Alters the managed roles of the orders database; Nothing else', criticality: 'high', domain: 'security', purpose: 'Carries out approved changes of database roles.', owner: 'usr_ivo', days: { created: -200, used: -1, rotated: -20 } },
  { ...production, id: 'nhi_triage-assistant', name: 'triage-assistant', kind: 'ai-agent', system: 'on-record', account: 'triage-assistant', privilege: 'read', reach: 'Reads open cases; Drafts promotions and proposals', criticality: 'moderate', domain: 'security', purpose: 'Summarises alerts and drafts what to do about them.', owner: 'usr_ada', days: { created: -60, used: 0, rotated: -10 } },
  { ...production, id: 'nhi_alertbot', name: 'alertbot', kind: 'bot', system: 'slack', account: 'alertbot', privilege: 'write', reach: 'Posts in #security-alerts', criticality: 'moderate', domain: 'security', purpose: 'Posts detections into chat.', owner: 'usr_farid', days: { created: -400, used: 0, rotated: -45 } },
  { ...production, id: 'nhi_svc-orders', name: 'svc-orders', kind: 'service-account', system: 'orders', account: 'svc_orders', privilege: 'write', reach: 'Reads and writes orders; Reads customers', criticality: 'high', domain: 'orders', purpose: 'The order service writes to its database with it.', owner: 'usr_dev', backup_owner: 'usr_ivo', days: { created: -700, used: 0, rotated: -412 } },
  { ...production, id: 'nhi_svc-reports', name: 'svc-reports', kind: 'service-account', system: 'orders', account: 'svc_reports', privilege: 'write', reach: 'Reads orders; Writes orders, though reports need no writing', criticality: 'moderate', domain: 'orders', purpose: 'Nightly revenue reports.', owner: 'usr_dev', days: { created: -500, used: -1, rotated: -230 } },
  { ...production, id: 'nhi_ci-deploy', name: 'ci-deploy', kind: 'api-key', system: 'git', account: 'ci-deploy', privilege: 'admin', reach: 'Pushes to every repository; Deploys to production', criticality: 'tier-0', domain: 'platform', purpose: 'Deploys from the build server.', owner: 'usr_dev', backup_owner: 'usr_ivo', days: { created: -300, used: 0, rotated: -80 } },
  { ...production, id: 'nhi_payroll-sync', name: 'payroll-sync', kind: 'oauth-app', system: 'payroll', account: 'payroll-sync', privilege: 'read', reach: 'Reads names, bank accounts and salaries of all employees', criticality: 'high', domain: 'people', purpose: 'Copies new employees into the directory every hour.', owner: 'usr_farid', days: { created: -420, used: 0, rotated: -35, expires: 120 } },
  { ...production, id: 'nhi_support-bot', name: 'support-bot', kind: 'bot', system: 'helpdesk', account: 'support-bot', privilege: 'admin', reach: 'Reads every ticket and attachment; Answers in the name of the team', criticality: 'moderate', domain: 'customers', purpose: 'Answers frequent questions.', owner: 'usr_hugo', days: { created: -150, used: -41, rotated: -150 } },
  { ...production, id: 'nhi_backup-runner', name: 'backup-runner', kind: 'workload', system: 'storage', account: 'backup-runner', privilege: 'admin', reach: 'Reads every database; Writes to the backup store', criticality: 'tier-0', domain: 'platform', purpose: 'Nightly backups.', owner: null, days: { created: -900, used: 0, rotated: -300 } },
  { ...production, id: 'nhi_status-page', name: 'status-page', kind: 'api-key', system: 'status page', account: 'incident-writer', privilege: 'write', reach: 'Publishes incidents to the public', criticality: 'low', domain: 'customers', purpose: 'Publishes incidents from the pager.', owner: 'usr_ivo', days: { created: -210, used: -95, rotated: -210 } },
  { ...production, id: 'nhi_terraform', name: 'terraform', kind: 'workload', system: 'cloud', account: 'terraform-prod', privilege: 'tier-0', reach: 'Everything in the production account', criticality: 'tier-0', domain: 'platform', purpose: 'Applies reviewed infrastructure changes.', owner: 'usr_ivo', backup_owner: 'usr_dev', days: { created: -365, used: -2, rotated: -14 } },
  { id: 'nhi_metrics-agent', name: 'metrics-agent', kind: 'workload', system: 'monitoring', account: 'metrics-agent', environment: 'staging', privilege: 'read', reach: 'Reads host metrics in staging', criticality: 'low', domain: 'platform', purpose: 'Collects host metrics.', owner: 'usr_ivo', review_days: 180, days: { created: -90, used: 0, rotated: -90 } },
  { ...production, id: 'nhi_mailer', name: 'mailer', kind: 'service-account', system: 'mail relay', account: 'mailer', privilege: 'write', reach: 'Sends mail as halden.example', criticality: 'moderate', domain: 'customers', purpose: 'Order confirmations.', owner: 'usr_hugo', backup_owner: 'usr_dev', days: { created: -640, used: 0, rotated: -61 } },
]

/** The profile as of `today` (`YYYY-MM-DD`). */
export function profileOf({ id: _id, days, backup_owner, ...rest }: Sample, today: string): NhiProfile {
  const on = (offset: number | undefined) => (offset === undefined ? null : new Date(Date.parse(today) + offset * 86_400_000).toISOString().slice(0, 10))
  return {
    ...rest,
    backup_owner: backup_owner ?? null,
    created_on: on(days.created),
    last_used_on: on(days.used),
    last_rotated_on: on(days.rotated),
    expires_on: on(days.expires),
  }
}
