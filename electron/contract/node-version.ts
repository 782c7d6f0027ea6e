/** The oldest Node.js that Token Tray runs on: the first with `tls.setDefaultCACertificates`. package.json names it too. */
export const neededNode = '24.5';

/** `version`: as in `process.versions.node`, such as `24.5.0`. Compares major and minor. */
export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [neededMajor = 0, neededMinor = 0] = neededNode.split('.').map(Number);
  return major > neededMajor || (major === neededMajor && minor >= neededMinor);
}
