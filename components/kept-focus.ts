'use client'

import { useEffect } from 'react'

/** Where somebody is on the page: the focused element and all around it, each with what stood beside it. */
type Step = { readonly node: Element; readonly beside: readonly (Element | null)[] }
export type Whereabouts = readonly Step[]

/** What one goes through one by one, and what else is a place on a page. */
const ITEM = 'li, tr'
const PLACE = `${ITEM}, form, fieldset, section, article, dialog, main`

export function whereabouts(): Whereabouts {
  const steps: Step[] = []
  for (let node = document.activeElement; node && node !== document.body; node = node.parentElement)
    steps.push({ node, beside: [node.nextElementSibling, node.previousElementSibling] })
  return steps
}

/**
 * Puts the focus where what had it was: on the item beside one that is gone, else on what is left around it. Never on something that a
 * second press of the same key would use.
 */
export function focusNear(steps: Whereabouts): void {
  if (document.activeElement !== document.body) return
  const left = steps.findIndex(({ node }) => node.isConnected)
  const beside = steps[left - 1]?.beside.find((one) => one?.isConnected && one.matches(ITEM))
  const place = beside ?? steps[left]?.node.closest(PLACE) ?? document.getElementById('main')
  if (!(place instanceof HTMLElement)) return
  if (!place.hasAttribute('tabindex')) {
    place.tabIndex = -1
    place.addEventListener('blur', () => place.removeAttribute('tabindex'), { once: true })
  }
  place.focus({ preventScroll: true })
}

/** Who works without a mouse keeps their place when what they have used is gone: a row that was handled, a filter that was cleared. */
export function useKeptFocus(): void {
  useEffect(() => {
    let last: Whereabouts = []
    const gone = () => last[0] !== undefined && !last[0].node.isConnected
    const onFocus = () => {
      last = whereabouts()
    }
    // Whoever leaves it themselves has no place any more.
    const onBlur = () =>
      setTimeout(() => {
        if (!gone() && document.activeElement === document.body) last = []
      })
    const observer = new MutationObserver(() => {
      if (gone() && document.activeElement === document.body) setTimeout(() => gone() && focusNear(last))
    })
    document.addEventListener('focusin', onFocus)
    document.addEventListener('focusout', onBlur)
    observer.observe(document.body, { childList: true, subtree: true })
    return () => {
      document.removeEventListener('focusin', onFocus)
      document.removeEventListener('focusout', onBlur)
      observer.disconnect()
    }
  }, [])
}
