import type { IncomingMessage } from 'node:http'
import { BlockList, isIPv6 } from 'node:net'

/** This machine and private networks (RFC 1122 3.2.1.3, 1918, 3927, 4193, 4291 2.5.6): where a proxy of one's own stands. */
const NEAR = new BlockList()
for (const [network, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const)
  NEAR.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  NEAR.addSubnet(network, bits, 'ipv6')

/**
 * Says in `x-forwarded-for` who is calling. Only a proxy nearby is believed about it: whoever comes from far away is taken at the
 * address that they come from, whatever they claim.
 */
export function nameCaller({ headers, socket }: IncomingMessage): void {
  const from = socket.remoteAddress ?? ''
  const claimed = headers['x-forwarded-for']
  if (claimed === undefined || !isNear(from)) headers['x-forwarded-for'] = from
}

/** An IPv4 address that is spelled as an IPv6 one (::ffff:10.0.0.1) counts as what it is. */
export function isNear(address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  return NEAR.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4')
}
