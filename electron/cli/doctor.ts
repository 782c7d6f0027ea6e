import { describeFinding } from '../contract/doctor-words.ts';
import { findingLevels } from '../contract/doctor-findings.ts';
import { policyPath } from '../contract/policy.ts';
import { exitCodes } from '../contract/problems.ts';
import type { OutlookAnswer, ServicesAnswer, StatusAnswer } from '../contract/wire.ts';
import type { CallOptions } from './call-options.ts';
import { homeOf, request } from './connection.ts';
import { doctorList } from './doctor-list.ts';
import { variable } from './environment.ts';
import { answer, tell } from './output.ts';
import { findPassphrase } from './passphrase.ts';

/** `token-tray doctor`: checks the set-up and says what to do. Exit 1 where something needs mending. */
export async function doctor(options: CallOptions): Promise<number> {
  const found = findPassphrase();
  const trouble = found.ok ? found.warning : found.wrong;
  if (trouble !== null) tell(trouble);
  const described = await examineHome(homeOf(options), {
    api: options.api ?? null,
    passphrase: found.ok ? found.passphrase : null,
    environment: process.env,
  });
  const text = options.json ? JSON.stringify({ findings: described }) : doctorList(described, process.stdout);
  const written = answer(text);
  return !found.ok || described.some(({ level }) => level === 'wrong') ? exitCodes.failed : written;
}

/** All findings about a home and its owner, with their words. `api`: a service that is examined besides. */
export async function examineHome(
  home: string,
  {
    api,
    passphrase,
    environment,
  }: {
    readonly api: string | null;
    readonly passphrase: string | null;
    readonly environment: Readonly<Record<string, string | undefined>>;
  },
) {
  const { examine } = await import('../doctor.ts');
  const findings = await examine({
    home,
    policyPath: policyPath(process.platform, environment['ProgramData']),
    api,
    nextApi: variable('TOKEN_TRAY_API', environment),
    keyStore: variable('TOKEN_TRAY_KEY_STORE', environment),
    passphrase,
    environment,
    askOwner: () => askOwner(home),
    askServices: () => answerOf<ServicesAnswer>(home, '/v1/services'),
  });
  return findings.map((finding) => ({
    ...finding,
    level: findingLevels[finding.code],
    ...describeFinding(finding),
  }));
}

async function askOwner(home: string) {
  const [status, outlook] = await Promise.all([
    answerOf<StatusAnswer>(home, '/v1/status'),
    answerOf<OutlookAnswer>(home, '/v1/outlook'),
  ]);
  return status && { status, outlook };
}

/** Null: there is no answer, or another than 200. */
async function answerOf<Answer>(home: string, path: string): Promise<Answer | null> {
  const asked = await request(home, 'GET', path);
  return asked.ok && asked.value.status === 200 ? (JSON.parse(asked.value.body) as Answer) : null;
}
