/** The people of the sample organisation; their names and roles never change. */
export const PEOPLE = {
  ada: { id: 'usr_ada', name: 'Ada Okafor', chat: 'U0ADA00001' },
  bruno: { id: 'usr_bruno', name: 'Bruno Salas', chat: 'U0BRUNO001' },
  grace: { id: 'usr_grace', name: 'Grace Lim', chat: 'U0GRACE001' },
  chiara: { id: 'usr_chiara', name: 'Chiara Lind', chat: 'U0CHIARA01' },
  dev: { id: 'usr_dev', name: 'Dev Raman', chat: 'U0DEV00001' },
  ivo: { id: 'usr_ivo', name: 'Ivo Petrov', chat: 'U0IVO00001' },
  esther: { id: 'usr_esther', name: 'Esther Nowak', chat: 'U0ESTHER01' },
  farid: { id: 'usr_farid', name: 'Farid Haddad', chat: 'U0FARID001' },
  hugo: { id: 'usr_hugo', name: 'Hugo Brandt', chat: 'U0HUGO0001' },
} as const

export type Person = keyof typeof PEOPLE

/** Where they all work, and what their browsers are set to. */
export const TIME_ZONE = 'Europe/Oslo'

/** The day it is where they work, as a date field wants it: at night another than the server’s. */
export const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: TIME_ZONE }).format(new Date())
