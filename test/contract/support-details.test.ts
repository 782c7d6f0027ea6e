import { describe, expect, it } from 'vitest';
import type { Finding } from '../../electron/contract/doctor-findings.ts';
import { supportDetails } from '../../electron/contract/support-details.ts';
import { aView, viewedAt } from '../support/a-view.ts';
import { settingsPage } from '../support/window-pages.ts';

const account = 'anna@warehouse.example';
const host = 'auth.warehouse.example';
const path = '/home/anna/.config/token-tray';

/** A finding of each kind that names a person, a place or a program. */
const findings: readonly Finding[] = [
  { code: 'home_open', home: path, mode: '0755' },
  { code: 'stale_files', files: [`${path}/endpoint.json`] },
  { code: 'key_store_locked', detail: `no such key of ${account}`, stored: true, reason: 'key_store' },
  { code: 'stored_elsewhere', account, protection: 'keyring' },
  { code: 'default_port_taken', port: 7_145, pid: 4711, program: 'anna-server' },
  { code: 'local_requests_proxied', proxy: `proxy.${host}:3128` },
  { code: 'service_unreachable', host, proxy: `proxy.${host}:3128`, reason: 'name' },
  { code: 'service_address_bad', address: `ftp://${host}` },
];

const text = supportDetails({
  versions: { 'Token Tray': '0.1.0', electron: '45.4.1' },
  system: 'linux 6.1.0 x64',
  view: aView({
    accounts: [
      { account, state: 'active', default: true },
      { account: `${account}|${host}`, state: 'needs_sign_in', default: false },
    ],
    tools: { connected: 2, lastUse: { name: 'secret-project-sync', at: viewedAt } },
    signIn: { service: `https://${host}`, username: account, form: 'basic' },
  }),
  choices: { ...settingsPage.choices, port: 50_123 },
  startsAtLogin: true,
  findings,
  now: viewedAt,
});

describe('details for support', () => {
  it('L02 hold no name, no path, no host, no address and no program', () => {
    for (const secret of [
      'anna',
      'warehouse',
      host,
      'proxy',
      path,
      '/',
      '127.0.0.1',
      'secret-project',
      '4711',
    ])
      expect(text.replace(/^check: .*$/gm, '')).not.toContain(secret);
    expect(text).not.toMatch(/anna|warehouse|\/|@|tt_|ey[A-Z]/);
  });

  it('hold what a supporter needs: versions, states, choices and what the check found', () => {
    expect(text).toContain('electron: 45.4.1\nsystem: linux 6.1.0 x64\nstates: active, needs_sign_in\n');
    expect(text).toContain('\nnew tokens in 24 hours: 5 of 60\n');
    expect(text).toContain('\nport: 50123\n');
    expect(text).toContain('\ncheck: wrong service_unreachable\n');
  });
});
