import type { Client } from './client'
import { within } from './within'

/** Keeps that a delivery has come; true the first time, false for a repetition. */
export function firstDelivery(sql: Client, org: string, delivery: { key: string; platform: string; kind: string }): Promise<boolean> {
  const { key, platform, kind } = delivery
  return within(sql, org, async (tx) => {
    const rows = await tx`
      insert into inbox (org, key, platform, kind, at) values (${org}, ${key}, ${platform}, ${kind}, now()) on conflict do nothing returning 1`
    return rows.length === 1
  })
}

/** Keeps the delivery together with the work that it leads to: both or neither. False for a repetition. */
export function firstDeliveryWithJob(
  sql: Client,
  org: string,
  delivery: { key: string; platform: string; kind: string },
  job: { name: string; payload: Record<string, unknown>; key?: string },
): Promise<boolean> {
  const { key, platform, kind } = delivery
  return within(sql, org, async (tx) => {
    const rows = await tx`
      insert into inbox (org, key, platform, kind, at) values (${org}, ${key}, ${platform}, ${kind}, now()) on conflict do nothing returning 1`
    if (rows.length !== 1) return false
    await tx`select enqueue(${job.name}, ${JSON.stringify({ ...job.payload, org })}::json, ${job.key ?? null}, null)`
    return true
  })
}
