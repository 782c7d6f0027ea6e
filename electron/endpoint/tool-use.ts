import { thisUser, type ToolUse as ToolUseAnswer } from '../contract/wire.ts';
import type { Tool } from '../core/ports.ts';
import type { ToolUse } from '../core/tool-usage.ts';
import { time } from './time.ts';

/** The names to tell of: the tools that there are, those that were, and the programs of this user. */
export function usedNames(tools: readonly Tool[], uses: readonly ToolUse[]): readonly string[] {
  return [...new Set([...tools.map(({ name }) => name), ...uses.map(nameOf), thisUser])];
}

/** A tool's use of all accounts taken together. */
export function useOf(name: string, uses: readonly ToolUse[]): ToolUseAnswer {
  const its = uses.filter((use) => nameOf(use) === name);
  const lastAt = Math.max(0, ...its.map((use) => use.lastAt));
  return {
    name,
    last_at: lastAt > 0 ? time(lastAt) : null,
    count_today: its.reduce((sum, { today }) => sum + today, 0),
  };
}

function nameOf({ tool }: ToolUse): string {
  return tool ?? thisUser;
}
