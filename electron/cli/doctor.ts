import { describeFinding } from '../contract/doctor-words.ts';
import { findingLevels } from '../contract/doctor-findings.ts';
import { policyPath } from '../contract/policy.ts';
import { exitCodes } from '../contract/problems.ts';
import type { ServicesAnswer, StatusAnswer } from '../contract/wire.ts';
import type { CallOptions } from './call-options.ts';
import { homeOf, request } from './connection.ts';
import { doctorList } from './doctor-list.ts';
import { variable } from './environment.ts';
import { answer, tell } from './output.ts';
import { findPassphrase } from './passphrase.ts';

/** `token-tray doctor`: checks the set-up and says what to do. Exit 1 where something needs mending. */
export async function doctor(options: CallOptions): Promise<number> {
  const { examine } = await import('../doctor.ts');
  const home = homeOf(options);
  const found = findPassphrase();
  if (!found.ok) tell(found.wrong);
  const findings = await examine({
    home,
    policyPath: policyPath(process.platform, process.env['ProgramData']),
    api: options.api ?? variable('TOKEN_TRAY_API'),
    keyStore: variable('TOKEN_TRAY_KEY_STORE'),
    passphrase: found.ok ? found.passphrase : null,
    environment: process.env,
    askStatus: () => answered<StatusAnswer>(home, '/v1/status'),
    askServices: () => answered<ServicesAnswer>(home, '/v1/services'),
  });
  const described = findings.map((finding) => ({
    ...finding,
    level: findingLevels[finding.code],
    ...describeFinding(finding),
  }));
  const text = options.json ? JSON.stringify({ findings: described }) : doctorList(described, process.stdout);
  const written = answer(text);
  return !found.ok || described.some(({ level }) => level === 'wrong') ? exitCodes.failed : written;
}

/** Null: the running Token Tray does not answer, or not to this. */
async function answered<Body>(home: string, path: string): Promise<Body | null> {
  const asked = await request(home, 'GET', path);
  return asked.ok && asked.value.status === 200 ? (JSON.parse(asked.value.body) as Body) : null;
}
