import type { PersonRole } from '../../identity/actor'
import type { Who } from './who'

export type MemberView = Who & {
  email: string
  roles: PersonRole[]
  team: string | null
  removed: boolean
  linked: { platform: string; user: string }[]
}

export type Session = {
  who: Who
  roles: PersonRole[]
  org: { id: string; name: string }
  auth_time: string
  acr: string
  local: boolean
  sample_chat: string | null
}
