import type { Performing } from '../deps'
import { backups } from './stories/backups'
import { deployKey } from './stories/deploy-key'
import { loginPage } from './stories/login-page'
import { signIns } from './stories/sign-ins'
import { statusPage } from './stories/status-page'
import { supportBot } from './stories/support-bot'

/** Cases in every stage, so that each page has something to show. Each is made by the commands that people would use. */
export async function sampleCases(deps: Performing, now: Date): Promise<void> {
  const stories = [signIns, deployKey, supportBot, statusPage, loginPage, backups]
  for (const story of stories) await story(deps, now)
}
