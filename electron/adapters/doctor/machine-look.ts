import type { MachineFinding } from '../../contract/doctor-findings.ts';
import { isNewEnough, neededNode } from '../../contract/node-version.ts';
import type { SystemTrust } from '../system-certificates.ts';

/** `version`: as in `process.versions.node`. */
export function nodeFinding(version: string): MachineFinding {
  return isNewEnough(version)
    ? { code: 'node_good', version }
    : { code: 'node_old', version, needed: neededNode };
}

/** Some small systems have no store at all, which reads as an empty one. */
export function certificatesFinding(trust: SystemTrust): MachineFinding {
  if (trust.kind === 'unreadable' || trust.count === 0) return { code: 'certificates_unreadable' };
  return {
    code: trust.kind === 'trusted' ? 'certificates_good' : 'certificates_refused',
    count: trust.count,
  };
}
