import { exitCodes } from '../contract/problems.ts';
import type { LoginAnswer, LoginRequest, StatusAnswer } from '../contract/wire.ts';
import { ask } from './asking.ts';
import type { CallOptions } from './call-options.ts';
import { askForCredentials } from './credentials.ts';
import { fail, tell } from './output.ts';

/** `token-tray login`: signs in to the running agent or app. */
export async function login(options: CallOptions): Promise<number> {
  // First of all, so that nobody types a password for a program that is not there.
  const status = await ask(options, 'GET', '/v1/status');
  if (!status.ok) return status.exitCode;
  const { account, accounts } = JSON.parse(status.body) as StatusAnswer;

  const suggested = options.account ?? account;
  const meant = accounts.find((one) => one.account === (options.username ?? suggested));
  if (options.api === undefined && (meant?.state === 'active' || meant?.state === 'renewing')) {
    tell(`${meant.account} is signed in already; nothing was asked of the service.`);
    return exitCodes.done;
  }
  const credentials = await askForCredentials(options, suggested);
  if (!credentials.ok) return fail(credentials.failure);
  const { username, password, prompted } = credentials.value;
  const body: LoginRequest = {
    username,
    password,
    ...(prompted && { prompted }),
    ...(options.login && { login: options.login }),
    ...(options.api !== undefined && { api: options.api }),
  };
  const asked = await ask(options, 'POST', '/v1/login', body);
  if (!asked.ok) return asked.exitCode;
  const done = JSON.parse(asked.body) as LoginAnswer;
  if (done.already) tell(`${done.account} is signed in already; nothing was asked of the service.`);
  else if (done.state === 'active') tell(`Signed in as ${done.account}.`);
  else tell(`Signed in as ${done.account}, but the sign-in could not be saved yet. See: token-tray status`);
  return exitCodes.done;
}
