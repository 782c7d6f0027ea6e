import type { ActivityPage, ShownEvent, ShownTool, ToolsPage } from '../contract/window-pages.ts';
import { succeeded } from '../contract/result.ts';
import type { Accounts } from '../core/accounts.ts';
import type { Activity, ActivityReport } from '../core/activity.ts';
import type { Settings } from '../core/ports.ts';
import type { ToolUse } from '../core/tool-usage.ts';
import type { Tools } from '../core/tools.ts';
import type { Handlers } from './handle.ts';

export interface ToolDesk {
  readonly accounts: Pick<Accounts, 'setDefault'>;
  readonly tools: Pick<Tools, 'list' | 'revoke'>;
  readonly activity: Pick<Activity, 'uses' | 'report'>;
  readonly settings: Pick<Settings, 'get'>;
  readonly endpoint: { readonly url: string; readonly socket: string | null };
  /** The account that the window shows; null: none yet. */
  readonly shownAccount: () => string | null;
  /** `false`: the clipboard did not take it. */
  readonly copyText: (text: string) => Promise<boolean>;
  /** Called after what no part of core tells of has changed. */
  readonly changed: () => void;
}

type ToolHandlers = Pick<
  Handlers,
  'getTools' | 'removeTool' | 'chooseDefaultAccount' | 'copyAddress' | 'getActivity'
>;

/** The requests about tools, the address they use, and what they did. */
export function toolHandlers(desk: ToolDesk): ToolHandlers {
  const { accounts, tools, activity, endpoint, changed } = desk;
  return {
    getTools: () => toolsPage(desk),
    removeTool: (name) => tools.revoke(name),
    async chooseDefaultAccount(account) {
      const chosen = await accounts.setDefault(account);
      changed();
      return chosen;
    },
    copyAddress: () => desk.copyText(endpoint.url),
    async getActivity() {
      const account = desk.shownAccount();
      const report = await activity.report({ since: null, account });
      return report.ok ? succeeded(activityPage(report.value)) : report;
    },
  };
}

function toolsPage({ tools, activity, settings, endpoint }: ToolDesk): ToolsPage {
  const uses = activity.uses();
  const shown = tools.list().map(({ name, expiresAt, proxyOnly, account }): ShownTool => {
    return { name, ...useOf(name, uses), expiresAt, proxyOnly, account };
  });
  return {
    tools: shown,
    programs: { on: settings.get('programsOfThisUser'), ...useOf(null, uses) },
    url: endpoint.url,
    socket: endpoint.socket,
  };
}

/** A tool's use (null: this user's programs) of all accounts taken together. */
function useOf(
  tool: string | null,
  uses: readonly ToolUse[],
): { readonly lastAt: number | null; readonly today: number } {
  const its = uses.filter((use) => use.tool === tool);
  const lastAt = Math.max(0, ...its.map((use) => use.lastAt));
  return { lastAt: lastAt > 0 ? lastAt : null, today: its.reduce((sum, use) => sum + use.today, 0) };
}

function activityPage({ entries, uses, days }: ActivityReport): ActivityPage {
  const [from] = days;
  const since = from === undefined ? 0 : new Date(`${from.date}T00:00`).getTime();
  const handed = uses
    .filter(({ lastAt }) => lastAt >= since)
    .map(({ tool, lastAt, today }): ShownEvent => ({ kind: 'handed', at: lastAt, tool, today }));
  const asked = entries.map(({ at, kind, cause, tool }): ShownEvent => ({ at, kind, cause, tool }));
  return { days, events: [...asked, ...handed].sort((one, other) => other.at - one.at) };
}
