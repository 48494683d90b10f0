/** An organisation has one registry stream. */
export const REGISTRY = 'registry'
