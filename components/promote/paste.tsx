'use client'

import { useSearchParams } from 'next/navigation'
import { pasted } from './options'
import { PromotionForm } from './promotion-form'

/** Opened by hand, by the bookmarklet, or by a phone's share sheet: a GET never makes a case. */
export function Paste() {
  const params = useSearchParams()
  const text = params.get('text') ?? ''
  const url = params.get('url') ?? (/^https?:\/\/\S+$/.test(text) ? text : '')
  const initial = {
    text: text === url ? '' : text,
    url,
    title: params.get('title') ?? '',
    author: params.get('author') ?? '',
  }
  return (
    <PromotionForm
      key={`${params}`}
      address="/api/v1/promotions"
      draft={`promote?${params}`}
      fields={pasted}
      initial={initial}
    >
      <p className="text-base text-ink-2">
        What you paste is kept as <b className="font-semibold text-medium">typed by a person</b>: an analyst
        has to vouch for it before anything acts on it. Promoting from the message’s own menu in chat proves
        more.
      </p>
    </PromotionForm>
  )
}
