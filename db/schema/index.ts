export * from './doors'
export * from './keys'
export * from './read'
export * from './record'
