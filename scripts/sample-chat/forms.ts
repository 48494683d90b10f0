import { viewError } from './limits'
import { no, objectOf, type StrictAnswer, yes } from './strict-answer'
import type { Json, Workspace } from './workspace'

export type OpenForm = { id: string; hash: string; user: string; view: Json }
export type Forms = {
  open: Map<string, OpenForm>
  trigger(user: string): string
  openView(body: Json): Promise<StrictAnswer>
}

const TRIGGER_MS = 3_000

/** A trigger is handed out with an interaction, lives for three seconds, and opens one form for the person who acted. */
export function formsOf(workspace: Workspace, clock: () => number): Forms {
  const triggers = new Map<string, { user: string; at: number; used: boolean }>()
  const open = new Map<string, OpenForm>()
  return { open, trigger, openView }

  function trigger(user: string): string {
    const id = `${clock()}.${triggers.size + 1}.${crypto.randomUUID().slice(0, 8)}`
    triggers.set(id, { user, at: clock(), used: false })
    return id
  }

  async function openView(body: Json): Promise<StrictAnswer> {
    const view = objectOf(body.view)
    const held = triggers.get(String(body.trigger_id ?? ''))
    if (!held) return no('invalid_trigger_id')
    if (held.used) return no('exchanged_trigger_id')
    held.used = true
    if (clock() - held.at > TRIGGER_MS) return no('expired_trigger_id')
    const error = viewError(view)
    if (error !== null) return no(error)
    const { app } = workspace.story
    const { trigger_id } = await workspace.call('views.generateTriggerId', app.user, { user_id: held.user })
    const opened = await workspace.call('views.open', app.user, { trigger_id, view })
    if (opened.ok !== true) return yes(opened)
    const kept = opened.view as Json
    open.set(String(kept.id), { id: String(kept.id), hash: String(kept.hash), user: held.user, view: kept })
    return yes(opened)
  }
}
