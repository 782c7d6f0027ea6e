import type { Page } from 'playwright';
import { seenAt, viewOf } from '../support/app-views.ts';
import { activityPage, toolsPage } from '../support/window-pages.ts';
import type { Scene } from './scenes.ts';

const open = (name: string) => async (page: Page) => {
  await page.getByRole('navigation').getByRole('button', { name }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  // Its content comes a moment later, where it is no trouble that comes.
  await page.locator('main :is(.card, .notice)').first().waitFor();
};

async function connect(page: Page): Promise<void> {
  await open('Tools')(page);
  await page.getByRole('button', { name: 'Connect a tool…' }).click();
  await page.getByLabel('Name of the tool').fill('nightly-sync');
}

const several = viewOf({
  accounts: [
    { account: 'anna@warehouse.example', state: 'active', default: true },
    { account: 'anna@warehouse.example|auth.other.example', state: 'needs_sign_in', default: false },
    { account: 'ben@shop.example', state: 'active', default: false },
  ],
});

/** The views Tools and Activity, and “Connect a tool…”. */
export const pageScenes: readonly Scene[] = [
  { name: 'tools', view: viewOf(), act: open('Tools') },
  {
    name: 'tools-none',
    view: viewOf({ tools: { connected: 0, lastUse: null } }),
    act: async (page, bridge) => {
      bridge.answers.getTools = () => ({
        ...toolsPage,
        tools: [],
        programs: { on: false, lastAt: null, today: 0 },
      });
      await open('Tools')(page);
      await page.getByText('No tool has a key').waitFor();
    },
  },
  { name: 'tools-accounts', view: several, act: open('Tools') },
  {
    name: 'tools-long',
    view: viewOf(),
    act: async (page, bridge) => {
      const [tool] = toolsPage.tools;
      const account = 'anna-maria.von-der-heide+warehouse-and-shops@a-rather-long-company-name.example';
      const long = {
        name: 'x'.repeat(64),
        lastAt: null,
        today: 0,
        expiresAt: seenAt - 1,
        proxyOnly: true,
        account,
      };
      bridge.answers.getTools = () => ({ ...toolsPage, tools: [...(tool ? [tool] : []), long] });
      await open('Tools')(page);
      await page.getByText('x'.repeat(64), { exact: true }).waitFor();
    },
  },
  {
    name: 'tools-remove',
    view: viewOf(),
    act: async (page) => {
      await open('Tools')(page);
      await page.getByRole('button', { name: 'Remove excel-add-in' }).click();
    },
  },
  {
    name: 'connect',
    view: viewOf(),
    act: async (page, bridge) => {
      bridge.answers.connectTool = () => ({ ok: false, failure: { code: 'bad_tool_name' } });
      await connect(page);
      await page.getByLabel('Name of the tool').fill('Überwachung');
      await page.getByRole('button', { name: 'Make its key' }).click();
      await page.getByRole('alert').getByText(/\S/).first().waitFor();
    },
  },
  {
    name: 'connect-text',
    view: viewOf({ copied: { worksUntil: null, leavesAt: seenAt + 58_000 } }),
    act: async (page) => {
      await connect(page);
      await page.getByRole('button', { name: 'Make its key' }).click();
      await page.getByRole('button', { name: 'Try it' }).click();
      await page.getByText('It works').waitFor();
    },
  },
  { name: 'activity', view: viewOf(), act: open('Activity') },
  {
    name: 'activity-none',
    view: viewOf(),
    act: async (page, bridge) => {
      const days = activityPage.days.map(({ date }) => ({ date, count: 0 }));
      bridge.answers.getActivity = () => ({ ok: true, value: { days, events: [] } });
      await open('Activity')(page);
      await page.getByText('Nothing in the last').waitFor();
    },
  },
  {
    name: 'activity-unreadable',
    view: viewOf(),
    act: async (page, bridge) => {
      bridge.answers.getActivity = () => ({ ok: false, failure: { code: 'ledger_unreadable' } });
      await open('Activity')(page);
      await page.getByRole('alert').getByText(/\S/).first().waitFor();
    },
  },
];
