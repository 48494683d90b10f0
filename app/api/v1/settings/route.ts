import { door } from '@/app/_doors/door'
import { maySee } from '@/app/_doors/see'
import { settingsView } from '@/app/_doors/settings-view'

/** The installation: chat, connectors, keys, policies, log. */
export const GET = door(
  async (asked) => maySee(asked, 'viewSettings', 'registry', 'registry') ?? settingsView(asked),
)
