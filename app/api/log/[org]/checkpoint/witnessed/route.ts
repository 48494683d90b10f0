import { witnessedDoor } from '@/app/_doors/public-log'

/** The newest checkpoint that enough witnesses cosigned, for everybody. */
export const GET = witnessedDoor
