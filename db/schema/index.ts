export * from './doors'
export * from './read'
export * from './record'
