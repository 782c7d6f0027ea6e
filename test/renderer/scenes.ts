import type { Page } from 'playwright';
import type { AppView } from '../../electron/contract/app-view.ts';
import type { Failure } from '../../electron/contract/failures.ts';
import { faceNames } from '../../electron/contract/status-face.ts';
import { firstView, seenAt, viewOf, viewsOfFaces } from '../support/app-views.ts';
import type { FakeBridge } from '../support/fake-bridge.ts';

/** One picture of a window: what it is told, and what a person does there. */
export interface Scene {
  readonly name: string;
  readonly view: AppView;
  readonly act?: (page: Page, bridge: FakeBridge) => Promise<void>;
}

const never = new Promise<never>(() => undefined);

async function signInAs(page: Page, username: string): Promise<void> {
  await page.getByLabel('Email', { exact: true }).fill(username);
  await page.getByLabel('Password', { exact: true }).fill('correct horse');
  await page.getByRole('button', { name: 'Sign in' }).click();
}

function failing(failure: Failure, username = 'anna@warehouse.example'): NonNullable<Scene['act']> {
  return async (page, bridge) => {
    bridge.answers.signIn = () => ({ ok: false, failure });
    await signInAs(page, username);
    await page.getByRole('alert').getByText(/\S/).first().waitFor();
  };
}

const press = (name: string) => async (page: Page) => page.getByRole('button', { name }).click();

const managed = firstView({
  managed: {
    service: true,
    help: { text: 'Use the email of your staff card.', contact: 'IT desk: 4711, help@warehouse.example' },
  },
});

const logins: readonly Scene[] = [
  { name: 'login', view: firstView() },
  { name: 'login-first-start', view: firstView({ hints: { tray: true, startAtLogin: false } }) },
  { name: 'login-wrong', view: firstView(), act: failing({ code: 'wrong_credentials' }) },
  {
    name: 'login-offline',
    view: firstView(),
    act: failing({ code: 'offline', host: 'authlive.logistiq.io', reason: 'name' }),
  },
  { name: 'login-colon', view: firstView(), act: failing({ code: 'username_with_colon' }, 'anna:b') },
  {
    name: 'login-running',
    view: firstView(),
    act: async (page, bridge) => {
      bridge.answers.signIn = () => never;
      await signInAs(page, 'anna@warehouse.example');
      await page.getByRole('button', { name: 'Cancel' }).waitFor();
    },
  },
  {
    name: 'login-again',
    view: viewsOfFaces.needs_sign_in_over,
    act: press('Sign in'),
  },
  {
    name: 'login-service',
    view: firstView(),
    act: async (page) => page.getByText('Change').click(),
  },
  {
    name: 'login-help',
    view: firstView(),
    act: async (page) => {
      await press('Trouble signing in?')(page);
      await page.getByText('No connection').click();
    },
  },
  {
    name: 'login-managed',
    view: managed,
    act: async (page) => page.getByText('Change').click(),
  },
  { name: 'login-managed-help', view: managed, act: press('Trouble signing in?') },
];

const faces: readonly Scene[] = faceNames.map((name) => ({
  name: `face-${name.replaceAll('_', '-')}`,
  view: viewsOfFaces[name],
}));

const causes: readonly Scene[] = (['proxy', 'certificate', 'clock'] as const).map((cause) => ({
  name: `face-offline-over-${cause}`,
  view: viewOf({ state: 'offline', cause, expiresAt: null }),
}));

const several = viewOf({
  accounts: [
    { account: 'anna@warehouse.example', state: 'active', default: true },
    { account: 'anna@warehouse.example|auth.other.example', state: 'needs_sign_in', default: false },
    { account: 'ben@shop.example', state: 'active', default: false },
  ],
});

const details: readonly Scene[] = [
  {
    name: 'status-copied',
    view: viewOf({ copied: { worksUntil: seenAt + 32 * 60_000, leavesAt: seenAt + 58_000 } }),
  },
  {
    name: 'status-getting',
    view: viewOf(),
    act: async (page, bridge) => {
      bridge.answers.copyToken = () => never;
      await press('Copy token')(page);
      await page.getByRole('progressbar').waitFor();
    },
  },
  {
    name: 'status-trouble',
    view: viewOf(),
    act: async (page, bridge) => {
      bridge.answers.copyToken = () => ({ ok: false, failure: { code: 'clipboard_focus' } });
      await press('Copy token')(page);
      await page.getByRole('alert').getByText(/\S/).first().waitFor();
    },
  },
  { name: 'status-accounts', view: several, act: press('Account shown') },
  { name: 'status-more', view: viewOf(), act: press('More') },
  {
    name: 'status-sign-out',
    view: viewOf(),
    act: async (page) => {
      await press('More')(page);
      await page.getByRole('menuitem', { name: 'Sign out…' }).click();
    },
  },
  { name: 'status-get-one', view: viewsOfFaces.budget_spent, act: press('Get one now') },
  { name: 'status-key-store-refused', view: viewOf({ keyStoreTrouble: 'refused' }) },
  {
    name: 'status-key-store-refused-ask',
    view: viewOf({ keyStoreTrouble: 'refused', unprotectedStorage: 'ask' }),
  },
  { name: 'login-key-store-other', view: firstView({ keyStoreTrouble: 'other' }) },
  { name: 'status-storage-ask', view: viewOf({ unprotectedStorage: 'ask' }) },
  { name: 'status-storage-memory', view: viewOf({ unprotectedStorage: 'memory' }) },
  { name: 'status-storage-keep', view: viewOf({ unprotectedStorage: 'keep' }) },
  { name: 'status-start-hint', view: viewOf({ hints: { tray: true, startAtLogin: true } }) },
  { name: 'status-tray-hint', view: viewOf({ hints: { tray: true, startAtLogin: false } }) },
  { name: 'status-moved', view: viewOf({ endpoint: { url: 'http://127.0.0.1:50123', moved: true } }) },
  ...(['there', 'fetching', 'ready', 'failed'] as const).map((step) => ({
    name: `status-version-${step}`,
    view: viewOf({ newVersion: { version: '1.3.0', way: 'install', step } }),
  })),
  ...(['there', 'failed'] as const).map((step) => ({
    name: `status-version-move-${step}`,
    view: viewOf({ newVersion: { version: '1.3.0', way: 'move', step } }),
  })),
  {
    name: 'login-version',
    view: firstView({ newVersion: { version: '1.3.0', way: 'page', step: 'there' } }),
  },
  { name: 'status-near-limit', view: viewOf({ budget: { used: 52, limit: 60, nextAt: seenAt + 600_000 } }) },
  { name: 'status-no-tools', view: viewOf({ tools: { connected: 0, lastUse: null } }) },
  {
    name: 'status-long',
    view: viewOf({
      account: 'anna-maria.von-der-heide+warehouse-and-shops@a-rather-long-company-name.example',
      tools: { connected: 12, lastUse: { name: 'x'.repeat(64), at: seenAt - 86_400_000 } },
    }),
  },
];

export const scenes: readonly Scene[] = [...logins, ...faces, ...causes, ...details];
