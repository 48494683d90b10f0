import type { TransactionSql } from 'postgres'
import type { Client } from './client'
import { within } from './within'

export type Delivery = { readonly key: string; readonly platform: string; readonly kind: string }

/** Keeps that a delivery has come; true the first time, false for a repetition. */
export function firstDelivery(sql: Client, org: string, delivery: Delivery): Promise<boolean> {
  return within(sql, org, (tx) => keep(tx, org, delivery))
}

export type Job = { readonly name: string; readonly payload: Record<string, unknown>; readonly key?: string }

/** Keeps the delivery together with the work that it leads to: both or neither. False for a repetition. */
export function firstDeliveryWithJob(
  sql: Client,
  org: string,
  delivery: Delivery,
  job: Job,
): Promise<boolean> {
  return within(sql, org, async (tx) => {
    if (!(await keep(tx, org, delivery))) return false
    await enqueue(tx, org, job)
    return true
  })
}

export async function addJob(sql: Client, org: string, job: Job): Promise<void> {
  await within(sql, org, (tx) => enqueue(tx, org, job))
}

async function keep(tx: TransactionSql, org: string, { key, platform, kind }: Delivery): Promise<boolean> {
  const rows = await tx`
    insert into inbox (org, key, platform, kind, at) values (${org}, ${key}, ${platform}, ${kind}, now()) on conflict do nothing returning 1`
  return rows.length === 1
}

async function enqueue(
  tx: TransactionSql,
  org: string,
  { name, payload, key = null }: Omit<Job, 'key'> & { key?: string | null },
): Promise<void> {
  await tx`select enqueue(${name}, ${JSON.stringify({ ...payload, org })}::text::json, ${key}, null)`
}
