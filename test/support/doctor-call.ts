import type { FindingLevel } from '../../electron/contract/doctor-findings.ts';
import { call } from './token-tray-process.ts';

export interface ReportedFinding {
  readonly code: string;
  readonly level: FindingLevel;
  readonly sentence: string;
  readonly remedy: string | null;
  readonly [parameter: string]: unknown;
}

export interface DoctorReport {
  readonly exitCode: number | null;
  readonly findings: readonly ReportedFinding[];
  /** The codes of the findings that are not good. */
  readonly troubles: readonly string[];
  /** All that it wrote. */
  readonly output: string;
  /** The finding of a code; fails where there is none. */
  readonly of: (code: string) => ReportedFinding;
}

/** The built `token-tray doctor --json` on a home. `through`: see `call`. */
export async function doctorOn(
  home: string,
  env: Readonly<Record<string, string | undefined>> = {},
  through: readonly string[] = [],
): Promise<DoctorReport> {
  const { exitCode, stdout, stderr } = await call(['doctor', '--json', '--home', home], '', env, through);
  const { findings } = JSON.parse(stdout) as { findings: readonly ReportedFinding[] };
  return {
    exitCode,
    findings,
    troubles: findings.filter(({ level }) => level !== 'good').map(({ code }) => code),
    output: stdout + stderr,
    of(code) {
      const found = findings.find((finding) => finding.code === code);
      if (!found) throw new Error(`no ${code} in ${stdout}`);
      return found;
    },
  };
}

/** The codes of what a report says of the key store, and the store's own words. */
export function ofKeyStore({ findings }: DoctorReport): { answer: string; detail: unknown } {
  const found = findings.filter(({ code }) => /^(?:key_|memory|passphrase)/.test(code));
  const detail = found.find((finding) => typeof finding['detail'] === 'string')?.['detail'] ?? null;
  return { answer: found.map(({ code }) => code).join(' '), detail };
}
