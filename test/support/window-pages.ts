import type { Requests } from '../../electron/contract/bridge.ts';
import { defaultPort } from '../../electron/contract/default-port.ts';
import type { Finding } from '../../electron/contract/doctor-findings.ts';
import { shownFinding } from '../../electron/contract/doctor-words.ts';
import type { ActivityPage, SettingsPage, ToolsPage } from '../../electron/contract/window-pages.ts';
import { seenAt } from './app-views.ts';

const minute = 60_000;
const hour = 60 * minute;

export const toolsPage: ToolsPage = {
  tools: [
    {
      name: 'warehouse-sync',
      lastAt: seenAt - 2 * minute,
      today: 214,
      expiresAt: null,
      proxyOnly: false,
      account: null,
    },
    {
      name: 'excel-add-in',
      lastAt: seenAt - 26 * hour,
      today: 0,
      expiresAt: seenAt + 8 * hour,
      proxyOnly: true,
      account: null,
    },
  ],
  programs: { on: true, lastAt: seenAt - 3 * hour, today: 7 },
  url: `http://127.0.0.1:${defaultPort}`,
  socket: '/home/anna/.config/token-tray/endpoint.sock',
};

export const activityPage: ActivityPage = {
  days: [9, 12, 7, 14, 11, 3, 5].map((count, index) => ({ date: `2026-11-${17 + index}`, count })),
  events: [
    { kind: 'handed', at: seenAt - 2 * minute, tool: 'warehouse-sync', today: 214 },
    { kind: 'renewal', at: seenAt - 13 * minute, cause: 'tool', tool: 'warehouse-sync' },
    { kind: 'renewal', at: seenAt - 57 * minute, cause: 'timer', tool: null },
    { kind: 'renewal', at: seenAt - 80 * minute, cause: 'rejected', tool: 'excel-add-in' },
    { kind: 'renewal', at: seenAt - 2 * hour, cause: 'person', tool: null },
    { kind: 'handed', at: seenAt - 3 * hour, tool: null, today: 7 },
    { kind: 'refused', at: seenAt - 25 * hour, cause: 'tool', tool: null },
    { kind: 'sign_out', at: seenAt - 26 * hour, cause: 'person', tool: null },
    { kind: 'sign_in', at: seenAt - 73 * hour, cause: 'sign_in', tool: null },
  ],
};

export const settingsPage: SettingsPage = {
  choices: {
    alwaysFresh: false,
    notifications: true,
    language: 'system',
    appearance: 'system',
    clipboardSeconds: 60,
    port: null,
    pauseOnScreenLock: false,
    programsOfThisUser: true,
    lookForNewVersions: true,
  },
  startsAtLogin: true,
  offersStartAtLogin: true,
  tellsScreenLock: true,
  portInUse: defaultPort,
  version: '0.1.0',
  looksForVersions: true,
  managed: [],
  policyTrouble: null,
};

const findings: readonly Finding[] = [
  { code: 'home_open', home: '/home/anna/.config/token-tray', mode: '0755' },
  { code: 'files_good' },
  { code: 'disk_low', freeBytes: 90_000_000 },
  { code: 'running', pid: 4711, url: `http://127.0.0.1:${defaultPort}` },
  { code: 'key_store_good', store: 'safe-storage' },
  { code: 'service_reached', host: 'authlive.logistiq.io', proxy: null },
];

type Pages = 'getTools' | 'getActivity' | 'getSettings' | 'checkSetup' | 'copySupportDetails' | 'getLicences';

/** What a main process answers, on a usual day, to the pages that ask. */
export function usualPages(): { [Name in Pages]: () => Requests[Name]['answer'] } {
  return {
    getTools: () => toolsPage,
    getActivity: () => ({ ok: true, value: activityPage }),
    getSettings: () => settingsPage,
    checkSetup: () => findings.map(shownFinding),
    copySupportDetails: () => 'Token Tray 0.1.0\nelectron 45.4.1\nlinux 6.1, x64\nkey store: safe-storage\n',
    getLicences: () => 'vue 3.5.45 (MIT)\n\nThe MIT License …\n',
  };
}
