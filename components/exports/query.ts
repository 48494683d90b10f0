'use client'

import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import type { ExportPage, ExportView } from '@/lib/act/view/export'
import { get, post, refusalOf } from '../api'
import { toast } from '../ui/toast'

/** How often the list asks again while something is being written, in ms. */
const WHILE_WRITING = 700

export function useExports() {
  return useInfiniteQuery({
    queryKey: ['exports'],
    queryFn: ({ pageParam, signal }) =>
      get<ExportPage>(`/api/v1/exports${pageParam ? `?after=${pageParam}` : ''}`, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ rows }) => rows.some(isUnderWay)) ? WHILE_WRITING : false,
  })
}

function isUnderWay({ status }: Pick<ExportView, 'status'>): boolean {
  return status === 'waiting' || status === 'writing'
}

/** Cancels, repeats or clears away an export. */
export function useExportAct(id: string) {
  const client = useQueryClient()
  return useMutation<ExportView, Error, { act: 'cancel' | 'retry' | 'remove'; done: string }>({
    mutationFn: ({ act }) =>
      post<ExportView>(`/api/v1/exports/${id}/${act}`, {}, { 'Idempotency-Key': crypto.randomUUID() }),
    onSuccess: (_, { done }) => toast({ kind: 'done', title: done }),
    onError: (error) => {
      const { sentence, remedy } = refusalOf(error)
      toast({ kind: 'refused', title: sentence, detail: remedy })
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['exports'] }),
  })
}
