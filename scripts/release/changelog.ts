/** The text of a section of a changelog in the form of Keep a Changelog, or null if there is none. */
export function sectionOf(changelog: string, version: string): string | null {
  const start = changelog.search(headingOf(version));
  if (start === -1) return null;
  const [, ...body] = changelog.slice(start).split('\n');
  const text = body.join('\n');
  // The next version, or the links at the end.
  const end = text.search(/^(?:## |\[[^\]]+\]: )/m);
  return text.slice(0, end === -1 ? undefined : end).trim();
}

/**
 * The release notes of a version: its section, with links into the project as they work on the release's page.
 * `source`: the address of the project's files at this version.
 */
export function notesOf(changelog: string, version: string, source: string): string | null {
  const section = sectionOf(changelog, version);
  if (section === null || section === '') return null;
  return `${section.replace(/\]\((?!https?:|#)([^)\s]+)\)/g, `](${source}/$1)`)}\n`;
}

function headingOf(version: string): RegExp {
  return new RegExp(`^## \\[${version.replace(/[.+]/g, '\\$&')}\\](?: - \\d{4}-\\d\\d-\\d\\d)?$`, 'm');
}
