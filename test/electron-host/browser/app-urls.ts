/**
 * Chromium knows none of the app's own schemes. A page of `app://token-tray/x` is at `https://token-tray.app.invalid/x`
 * (a name that no network has), which has what a standard, secure scheme has: an origin, relative addresses, `'self'`.
 */
const standardSchemes = new Set<string>();

export function useStandardScheme(scheme: string): void {
  standardSchemes.add(scheme);
}

export function isStandardScheme(scheme: string): boolean {
  return standardSchemes.has(scheme);
}

/** The address that Chromium is given for one of the app's. Others stay as they are. */
export function pageUrl(url: string): string {
  const [, scheme = '', host = '', rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(url) ?? [];
  if (!standardSchemes.has(scheme.toLowerCase()) || !/^[\w.-]+$/.test(host)) return url;
  return `https://${host}.${scheme.toLowerCase()}.invalid${rest}`;
}

/** The address that the app is told for one of Chromium's. Others stay as they are. */
export function appUrl(url: string): string {
  const [, before = '', host = '', scheme = '', rest = ''] =
    /^(blob:)?https:\/\/([^/?#:]+)\.([^./?#:]+)\.invalid(?=[/?#]|$)(.*)$/s.exec(url) ?? [];
  return standardSchemes.has(scheme) ? `${before}${scheme}://${host}${rest}` : url;
}
