// What some reader of logs takes for the end of a line, or what moves or hides other characters: C0 and C1 controls, soft
// hyphen, zero-width and bidirectional characters, line and paragraph separators.
const BREAKING =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be encoded
  /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g

/**
 * One JSON text as one line of a log (ASVS 16.4.1). JSON itself lets U+2028, C1 controls and the like stand as they are; inside
 * a string, `\\uXXXX` means the same.
 */
export function oneLine(json: string): string {
  return json.replace(BREAKING, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
