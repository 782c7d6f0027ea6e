import { examineHome } from '../../electron/cli/doctor.ts';
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

type Environment = Readonly<Record<string, string | undefined>>;

/** The built `token-tray doctor --json` on a home. `through`: see `call`. */
export async function doctorOn(
  home: string,
  env: Environment = {},
  through: readonly string[] = [],
): Promise<DoctorReport> {
  const { exitCode, stdout, stderr } = await call(['doctor', '--json', '--home', home], '', env, through);
  const { findings } = JSON.parse(stdout) as { findings: readonly ReportedFinding[] };
  return { exitCode, ...reportOf(findings, stdout + stderr) };
}

/** What `token-tray doctor` finds in a home, looked for in this process. */
export async function examined(home: string, env: Environment = {}) {
  const environment: Environment = { TOKEN_TRAY_KEY_STORE: 'passphrase', ...env };
  const passphrase = environment['TOKEN_TRAY_PASSPHRASE'] ?? null;
  const findings = await examineHome(home, { api: null, passphrase, environment });
  return reportOf(findings, JSON.stringify(findings));
}

function reportOf(findings: readonly ReportedFinding[], output: string): Omit<DoctorReport, 'exitCode'> {
  return {
    findings,
    troubles: findings.filter(({ level }) => level !== 'good').map(({ code }) => code),
    output,
    of(code) {
      const found = findings.find((finding) => finding.code === code);
      if (!found) throw new Error(`no ${code} in ${output}`);
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
