import { exitCodes } from '../contract/problems.ts';
import type { DefaultAccount, StatusAnswer } from '../contract/wire.ts';
import { ask } from './asking.ts';
import type { CallOptions } from './call-options.ts';
import { answer, tell } from './output.ts';
import { stateWords } from './state-words.ts';
import { table } from './table.ts';

/** `token-tray accounts`: the accounts, and which one tools get that name none. */
export async function accounts(options: CallOptions): Promise<number> {
  const asked = await ask(options, 'GET', '/v1/status');
  if (!asked.ok) return asked.exitCode;
  const { accounts: all } = JSON.parse(asked.body) as StatusAnswer;
  if (options.json) return answer(JSON.stringify({ accounts: all }));
  if (all.length === 0) return answer('There is no account yet. Sign in with: token-tray login');
  const rows = all.map((one) => [one.account, stateWords[one.state], one.default ? 'default' : '']);
  return answer(table(['Account', 'State', ''], rows));
}

/** `token-tray accounts default A`: chooses the account of tools that name none. */
export async function chooseDefault(options: CallOptions): Promise<number> {
  const chosen: DefaultAccount = { account: options.operands?.[0] ?? '' };
  const asked = await ask(options, 'POST', '/v1/accounts/default', chosen);
  if (!asked.ok) return asked.exitCode;
  if (options.json) return answer(asked.body);
  tell(`Tools that name no account get ${chosen.account} now.`);
  return exitCodes.done;
}
