import type { ModalView } from '@slack/web-api'
import type { ChatAdapter } from '../adapter'
import { parsePermalink } from '../permalink'
import { capture } from './capture'
import type { CardMessage } from './card'
import { type SlackConfig, slackClients } from './client'
import { openForm } from './form'
import { postNotice } from './notice'
import { parse } from './parse'
import { personOf } from './people'
import { findOwnCard, postCard } from './post'
import { canSee } from './see'
import { tell } from './tell'
import { verify } from './verify'

/** Slack as On Record uses it. `origins`: whose links count as Slack's beside Slack's own (the sample chat). */
export function slackAdapter(
  config: SlackConfig & { origins?: readonly string[] },
): ChatAdapter<ModalView, CardMessage> {
  const clients = slackClients(config)
  return {
    platform: 'slack',
    verify: (headers, rawBody, now) => verify(config.signingSecret, headers, rawBody, now),
    parse,
    parsePermalink: (link) => parsePermalink(link, { origins: config.origins ?? [] }),
    canSee: (person, place) => canSee(clients.api, person, place),
    capture: (place, limits, now) => capture(clients, place, limits, now),
    nameOf: (user, team) => personOf(clients.api, user, team),
    openForm: (trigger, form) => openForm(clients, trigger, form),
    postCard: (place, card, known) => postCard(clients, place, card, known),
    findOwnCard: (place, caseId) => findOwnCard(clients, place, caseId),
    postNotice: (place, notice) => postNotice(clients, place, notice),
    tell: (respond, text) => tell(clients, respond, text),
  }
}
