import { expect, test } from 'vitest'
import { slackManifest } from './manifest'
import { CALLBACK } from './parse'

test('the manifest names the doors and the shortcut that the parser knows', () => {
  const manifest = slackManifest('https://record.halden.example')
  expect(manifest.features.shortcuts[0]?.callback_id).toBe(CALLBACK.shortcut)
  expect(manifest.settings.interactivity.request_url).toBe(
    'https://record.halden.example/api/slack/interactions',
  )
  expect(manifest.display_information.description.length).toBeLessThanOrEqual(140)
})

test('without events it asks for no history', () => {
  const manifest = slackManifest('https://record.halden.example', { events: false })
  expect(manifest.oauth_config.scopes.bot.filter((scope) => scope.includes('history'))).toEqual([])
  expect(manifest.settings).not.toHaveProperty('event_subscriptions')
})
