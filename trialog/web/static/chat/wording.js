// Texts taken apart for the eye and for the ear, and dates written out.

/**
 * `text` in pieces: runs of lines that begin with a bullet are lists, blank lines part paragraphs.
 * @param {string} text
 */
export function blocks(text) {
  /** @type {{ lines: string[], isList: boolean }[]} */
  const found = [];
  for (const line of text.split('\n')) {
    const isList = line.startsWith('• ');
    const last = found[found.length - 1];
    if (!line.trim()) found.push({ lines: [], isList: false });
    else if (last && last.isList === isList && last.lines.length) last.lines.push(isList ? line.slice(2) : line);
    else found.push({ lines: [isList ? line.slice(2) : line], isList });
  }
  return found.filter((block) => block.lines.length);
}

/**
 * `text` for the ear: a line of a list is a sentence, and its bullet is not read out.
 * @param {string} text
 */
export function sentences(text) {
  const lines = text.split('\n').map((line) => (line.startsWith('• ') ? line.slice(2).replace(/[^.?!:]$/, '$&.') : line));
  return lines.filter(Boolean).join(' ');
}

/**
 * 2024-09-16 as "16 September 2024".
 * @param {string} date
 * @param {string} language
 */
export function longDate(date, language) {
  /** @type {Intl.DateTimeFormatOptions} */
  const options = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' };
  return new Date(`${date}T00:00:00Z`).toLocaleDateString(language === 'en' ? 'en-GB' : language, options);
}
