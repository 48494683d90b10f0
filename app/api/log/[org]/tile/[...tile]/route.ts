import { tileDoor } from '@/app/_doors/public-log'

/** `tile/<L>/<N>[.p/<W>]` and `tile/entries/<N>[.p/<W>]` (C2SP tlog-tiles), for everybody. */
export const GET = tileDoor
