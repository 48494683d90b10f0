/** What writes a bundle, as bag-info.txt names it. */
export const SOFTWARE = 'On Record 0.1.0'
