'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { SavedView } from '@/lib/act/view/entry'
import { get, post, refusalOf } from '../api'
import { toast } from '../ui/toast'

const BASE = '/api/v1/history/views'
const KEY = ['history views']

/** The views that the reader keeps. */
export function useViews() {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => get<{ views: SavedView[] }>(BASE, signal),
    select: ({ views }) => views,
    retry: false,
  })
}

/** A view whose address somebody has passed on. */
export function useView(id: string, own: readonly SavedView[] | undefined) {
  const mine = own?.find((view) => view.id === id)
  const { data } = useQuery({
    queryKey: [...KEY, id],
    queryFn: ({ signal }) => get<SavedView>(`${BASE}/${id}`, signal),
    enabled: id !== '' && own !== undefined && !mine,
    retry: false,
  })
  return mine ?? data
}

type Change = { path: string; body: object; done: string }

/** Keeps, renames, changes or deletes a view; says so when it is done, and why when it isn't. */
export function useViewChange() {
  const client = useQueryClient()
  return useMutation<SavedView, Error, Change>({
    mutationFn: ({ path, body }) => post<SavedView>(`${BASE}${path}`, body),
    onSuccess: async (_, { done }) => {
      toast({ kind: 'done', title: done })
      await client.invalidateQueries({ queryKey: KEY })
    },
    onError: (error) => {
      const { sentence, remedy } = refusalOf(error)
      toast({ kind: 'refused', title: sentence, detail: remedy })
    },
  })
}
