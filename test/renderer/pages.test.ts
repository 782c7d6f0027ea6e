import { describe, expect, it, onTestFinished } from 'vitest';
import { seenAt, viewOf } from '../support/app-views.ts';
import { toolsPage } from '../support/window-pages.ts';
import { hasBrowser, useBrowserWindow } from './browser-window.ts';

const opened = useBrowserWindow();

async function open(name: string, view = viewOf()): Promise<typeof opened.window> {
  await opened.window.show(view);
  const { page } = opened.window;
  await page.getByRole('navigation').getByRole('button', { name }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  return opened.window;
}

describe.skipIf(!hasBrowser)('the navigation', () => {
  it('marks the view that is shown, and takes the focus to its heading', async () => {
    const { page } = await open('Activity');
    const current = page.getByRole('navigation').locator('[aria-current=page]');
    expect(await current.innerText()).toBe('Activity');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Activity');
  });

  it('leads where a menu item does', async () => {
    const { page, bridge } = await open('Activity');
    await bridge.tell(page, 'goTo', 'settings');
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  });
});

describe.skipIf(!hasBrowser)('the tools', () => {
  it('are removed after a question, and the list is asked for anew', async () => {
    const { page, bridge } = await open('Tools');
    await page.getByRole('button', { name: 'Remove excel-add-in' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click();
    expect(bridge.asked('removeTool')).toEqual([]);
    await page.getByRole('button', { name: 'Remove excel-add-in' }).click();
    bridge.answers.getTools = () => ({ ...toolsPage, tools: toolsPage.tools.slice(0, 1) });
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('excel-add-in is removed.').waitFor({ state: 'attached' });
    expect(bridge.asked('removeTool')).toEqual([['excel-add-in']]);
    expect(await page.getByRole('button', { name: /^Remove / }).count()).toBe(1);
    // Its button is gone; the focus is not.
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  });

  it('say why one was not removed', async () => {
    const { page, bridge } = await open('Tools');
    bridge.answers.removeTool = () => ({
      ok: false,
      failure: { code: 'tools_unwritable', reason: 'disk_full' },
    });
    await page.getByRole('button', { name: 'Remove excel-add-in' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('alert').getByText('the disk is full').waitFor();
  });

  it('switch the programs of this user off, and choose the account that tools get', async () => {
    const accounts = ['anna@warehouse.example', 'ben@shop.example'].map(
      (account, index) => ({ account, state: 'active', default: index === 0 }) as const,
    );
    const { page, bridge } = await open('Tools', viewOf({ accounts }));
    await page.getByRole('switch', { name: 'Programs of this user' }).click();
    await page.getByLabel('Account that tools get').selectOption('ben@shop.example');
    await expect.poll(() => bridge.asked('chooseDefaultAccount')).toEqual([['ben@shop.example']]);
    expect(bridge.asked('choose')).toEqual([[{ name: 'programsOfThisUser', value: false }]]);
  });

  it('have an address that can be copied', async () => {
    const { page, bridge } = await open('Tools');
    const said = page.getByText('Copied', { exact: true });
    await page.getByRole('button', { name: 'Copy the address' }).click();
    await page.getByText('The address is copied.').waitFor({ state: 'attached' });
    await said.waitFor();
    await page.clock.runFor(4_000);
    await said.waitFor({ state: 'detached' });
    bridge.answers.copyAddress = () => false;
    await page.getByRole('button', { name: 'Copy the address' }).click();
    await page.getByRole('alert').getByText('did not take the address').waitFor();
  });
});

describe.skipIf(!hasBrowser)('a screen reader', () => {
  it('is told again what it was told before', async () => {
    const { page, bridge } = await open('Tools');
    const live = page.locator('p[role=status]');
    const told = () => live.evaluate((element) => element.textContent);
    await page.getByRole('button', { name: 'Copy the address' }).click();
    await expect.poll(told).toBe('The address is copied.');
    await page.getByRole('button', { name: 'Copy the address' }).click();
    await expect.poll(() => bridge.asked('copyAddress')).toHaveLength(2);
    await expect.poll(told).toBe('The address is copied.\u00a0');
  });
});

describe.skipIf(!hasBrowser)('a view', () => {
  it('that cannot be loaded says so, and opens when it is chosen again', async () => {
    await opened.window.show(viewOf());
    const { page, complaints } = opened.window;
    const file = /\/assets\/ActivityView-[^/]*\.js$/;
    onTestFinished(() => page.unroute(file));
    await page.route(file, (route) => route.abort());
    await page.getByRole('navigation').getByRole('button', { name: 'Activity' }).click();
    await page.getByRole('alert').getByText('This view did not open.').waitFor();
    await page.unroute(file);
    await page.getByRole('navigation').getByRole('button', { name: 'Tools' }).click();
    await page.getByRole('navigation').getByRole('button', { name: 'Activity' }).click();
    await page.getByRole('heading', { level: 1, name: 'Activity' }).waitFor();
    expect(complaints.join()).toContain('ERR_FAILED');
  });

  it('drops an answer that comes after a later one’s', async () => {
    const { page, bridge } = await open('Tools');
    const late = Promise.withResolvers<typeof toolsPage>();
    bridge.answers.getTools = () => late.promise;
    await bridge.tell(page, 'view', viewOf({ clipboardSeconds: 30 }));
    await expect.poll(() => bridge.asked('getTools')).toHaveLength(2);
    bridge.answers.getTools = () => ({ ...toolsPage, tools: [] });
    await bridge.tell(page, 'view', viewOf({ clipboardSeconds: 60 }));
    await page.getByText('No tool has a key of its own yet.').waitFor();
    late.resolve(toolsPage);
    await page.clock.runFor(100);
    expect(await page.getByText('No tool has a key of its own yet.').count()).toBe(1);
  });
});

describe.skipIf(!hasBrowser)('“Connect a tool…”', () => {
  it('makes a key, copies the chosen text, tries it, and has the key forgotten', async () => {
    const { page, bridge } = await open('Tools');
    await page.getByRole('button', { name: 'Connect a tool…' }).click();
    await page.getByLabel('Name of the tool').fill(' Nightly Sync ');
    await page.getByLabel('Name of the tool').press('Enter');
    await page.getByRole('heading', { name: 'nightly-sync has its key' }).waitFor();
    await page.getByLabel('What the tool is written in').selectOption('Any OAuth 2.0 client');
    await page.getByText('Client secret: tt_…').waitFor();
    await page.getByRole('button', { name: 'Copy with the key' }).click();
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByText('good for 32 minutes').waitFor();
    await page.getByRole('button', { name: 'Tools' }).first().click();
    await expect.poll(() => bridge.asked('endConnecting')).toHaveLength(1);
    expect(bridge.asked('connectTool')).toEqual([['nightly-sync']]);
    expect(bridge.asked('copySnippet')).toEqual([['oauth']]);
  });

  it('says what a try met', async () => {
    const { page, bridge } = await open('Tools');
    bridge.answers.tryTool = () => ({ kind: 'refused', code: 'paused', retryAfterSeconds: 60, reason: null });
    await page.getByRole('button', { name: 'Connect a tool…' }).click();
    await page.getByLabel('Name of the tool').fill('sync');
    await page.getByLabel('Name of the tool').press('Enter');
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByText('Tools are paused.').waitFor();
  });
});

describe.skipIf(!hasBrowser)('the activity', () => {
  it('has its bars as a table for those who do not see them', async () => {
    const { page } = await open('Activity');
    const rows = page.getByRole('row');
    expect(await rows.count()).toBe(8);
    expect(await rows.last().innerText()).toMatch(/Monday,? 23 November\s*\(today\)\s*5/);
  });

  it('tells what happened in plain words, today by the clock and before by the day', async () => {
    const { page } = await open('Activity');
    const events = page.getByRole('list', { name: 'What happened' }).getByRole('listitem');
    expect(await events.first().innerText()).toMatch(
      /Token handed to warehouse-sync · 214 times today\s+10:08/,
    );
    expect(await events.last().innerText()).toMatch(/You signed in\s+Fri 09:10/);
  });

  it('tells which of the two the service refused', async () => {
    await opened.window.show(viewOf());
    const { page, bridge } = opened.window;
    const refused = { kind: 'refused', at: seenAt - 1, tool: null } as const;
    bridge.answers.getActivity = () => ({
      ok: true,
      value: {
        days: [],
        events: [
          { ...refused, cause: 'timer' },
          { ...refused, cause: 'sign_in' },
        ],
      },
    });
    await page.getByRole('navigation').getByRole('button', { name: 'Activity' }).click();
    const events = page.getByRole('list', { name: 'What happened' }).getByRole('listitem');
    expect(await events.first().innerText()).toContain('The service refused a renewal');
    expect(await events.last().innerText()).toContain('The service refused a sign-in');
  });

  it('of one account is not shown under another’s name', async () => {
    const { page, bridge } = await open('Activity');
    const rows = page.getByRole('row');
    await rows.first().waitFor({ state: 'attached' });
    bridge.answers.getActivity = () => new Promise(() => undefined);
    await bridge.tell(page, 'view', viewOf({ account: 'ben@shop.example' }));
    await expect.poll(() => rows.count()).toBe(0);
  });
});
