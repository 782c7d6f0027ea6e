import { exitCodes } from '../contract/problems.ts';
import type {
  AddToolAnswer,
  AddToolRequest,
  RevokedTool,
  ToolAnswer,
  ToolsAnswer,
} from '../contract/wire.ts';
import { ask } from './asking.ts';
import type { CallOptions } from './call-options.ts';
import { answer, tell } from './output.ts';
import { table } from './table.ts';
import { dateAndTime } from './time-words.ts';

/** `token-tray tools`: the tools with keys of their own, with last use. */
export async function tools(options: CallOptions): Promise<number> {
  const asked = await ask(options, 'GET', '/v1/tools');
  if (!asked.ok) return asked.exitCode;
  if (options.json) return answer(asked.body);
  const { tools: all } = JSON.parse(asked.body) as ToolsAnswer;
  if (all.length === 0)
    return answer('No tool has a key of its own. Add one with: token-tray tools add NAME');
  return answer(table(['Tool', 'Last asked', 'Today', 'Key ends', 'Only for'], all.map(row)));
}

function row(tool: ToolAnswer): string[] {
  const limits = [
    ...(tool.account === null ? [] : [tool.account]),
    ...(tool.proxy_only ? ['the proxy'] : []),
  ];
  return [
    tool.name,
    tool.last_at === null ? '–' : dateAndTime(tool.last_at),
    String(tool.count_today),
    tool.expires_at === null ? 'never' : dateAndTime(tool.expires_at),
    limits.length === 0 ? '–' : limits.join(', '),
  ];
}

/** `token-tray tools add NAME`: makes a key. It is printed once, and kept by its digest alone. */
export async function addTool(options: CallOptions): Promise<number> {
  const tool: AddToolRequest = {
    name: options.operands?.[0] ?? '',
    ...(options.expires !== undefined && { expires_in: options.expires }),
    ...(options.proxyOnly && { proxy_only: true }),
    ...(options.account !== undefined && { account: options.account }),
  };
  const asked = await ask(options, 'POST', '/v1/tools', tool);
  if (!asked.ok) return asked.exitCode;
  if (options.json) return answer(asked.body);
  tell(`This key of “${tool.name}” is shown once. Keep it where the tool alone reads it.`);
  return answer((JSON.parse(asked.body) as AddToolAnswer).key);
}

/** `token-tray tools revoke NAME`: the tool's key opens nothing from now on. */
export async function revokeTool(options: CallOptions): Promise<number> {
  const tool: RevokedTool = { name: options.operands?.[0] ?? '' };
  const asked = await ask(options, 'POST', '/v1/tools/revoke', tool);
  if (!asked.ok) return asked.exitCode;
  if (options.json) return answer(asked.body);
  tell(`The key of “${tool.name}” opens nothing any more.`);
  return exitCodes.done;
}
