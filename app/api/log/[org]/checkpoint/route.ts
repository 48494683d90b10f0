import { checkpointDoor } from '@/app/_doors/public-log'

/** The organisation's newest checkpoint (C2SP tlog-checkpoint), for everybody. */
export const GET = checkpointDoor
