import type { Page } from 'playwright';
import { firstView, viewOf } from '../support/app-views.ts';
import { settingsPage } from '../support/window-pages.ts';
import type { Scene } from './scenes.ts';

async function open(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('switch').first().waitFor();
}

/** The settings, and what opens from them. */
export const settingsScenes: readonly Scene[] = [
  { name: 'settings', view: viewOf(), act: open },
  {
    name: 'settings-first-start',
    view: firstView(),
    act: async (page) => {
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByRole('switch').first().waitFor();
    },
  },
  {
    name: 'settings-trouble',
    view: viewOf(),
    act: async (page, bridge) => {
      bridge.answers.choose = () => ({ ok: false, failure: { code: 'choice_not_saved' } });
      bridge.answers.getSettings = () => ({
        ...settingsPage,
        tellsScreenLock: false,
        startsAtLogin: false,
        offersStartAtLogin: false,
      });
      await open(page);
      await page.getByLabel('Port for tools').fill('70000');
      await page.getByLabel('Port for tools').press('Enter');
      await page.getByRole('switch', { name: 'Always keep a fresh token' }).click();
      await page.getByRole('alert').getByText(/\S/).nth(1).waitFor();
    },
  },
  {
    name: 'settings-managed',
    view: viewOf(),
    act: async (page, bridge) => {
      const managed = ['language', 'port', 'lookForNewVersions'] as const;
      bridge.answers.getSettings = () => ({
        ...settingsPage,
        managed,
        choices: { ...settingsPage.choices, port: 47_200 },
      });
      await open(page);
    },
  },
  {
    name: 'settings-policy-wrong',
    view: viewOf(),
    act: async (page, bridge) => {
      bridge.answers.getSettings = () => ({ ...settingsPage, policyTrouble: { kind: 'not_json' } });
      await open(page);
    },
  },
  {
    name: 'settings-check',
    view: viewOf(),
    act: async (page) => {
      await open(page);
      await page.getByRole('button', { name: 'Check the set-up' }).click();
      await page.getByRole('listitem').first().waitFor();
    },
  },
  {
    name: 'settings-support',
    view: viewOf(),
    act: async (page) => {
      await open(page);
      await page.getByRole('button', { name: 'Copy details for support' }).click();
      await page.getByText('This is on the clipboard now:').first().waitFor();
    },
  },
  {
    name: 'settings-licences',
    view: viewOf(),
    act: async (page) => {
      await open(page);
      await page.getByRole('button', { name: 'Licences' }).click();
      await page.getByText('MIT License').waitFor();
    },
  },
];
