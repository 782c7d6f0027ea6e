type Environment = Readonly<Record<string, string | undefined>>;

const isSet = (value: string | undefined) => value !== undefined && value !== '' && value !== 'false';

/**
 * Whether electron-builder looks for a certificate to sign with on macOS: its own rule (`isSignAllowed` and
 * `findIdentity` in its macCodeSign.ts, `isPullRequest` in builder-util). `CSC_LINK` alone does not count: it only
 * imports the certificate that is looked for.
 */
export function looksForCertificate(env: Environment): boolean {
  const isPullRequest = [
    'TRAVIS_PULL_REQUEST',
    'CIRCLE_PULL_REQUEST',
    'BITRISE_PULL_REQUEST',
    'APPVEYOR_PULL_REQUEST_NUMBER',
    'GITHUB_BASE_REF',
  ].some((name) => isSet(env[name]));
  if (isPullRequest && !['true', '1', ''].includes(env['CSC_FOR_PULL_REQUEST']?.trim() ?? 'no')) return false;
  return (env['CSC_NAME'] ?? '').trim() !== '' || env['CSC_IDENTITY_AUTO_DISCOVERY'] !== 'false';
}
