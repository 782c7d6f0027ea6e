import { describe, expect, it } from 'vitest';
import { noPolicy, type FoundPolicy } from '../../electron/contract/policy.ts';
import { settingsHandlers } from '../../electron/ipc/settings-handlers.ts';
import { InMemorySettings } from '../support/in-memory-home.ts';

function handlersUnder(managed: Partial<FoundPolicy>, settings = new InMemorySettings()) {
  const chosen: string[] = [];
  const handlers = settingsHandlers({
    settings,
    login: { isOffered: true, isOn: () => Promise.resolve(false) },
    tellsScreenLock: true,
    portInUse: 7_145,
    version: '0.1.0',
    versions: { looks: false, take: () => Promise.resolve() },
    managed: { path: '/etc/token-tray/policy.json', policy: noPolicy, trouble: null, ...managed },
    chosen: (name) => chosen.push(name),
    examine: () => Promise.resolve([]),
    supportDetails: () => Promise.resolve(''),
    licences: () => Promise.resolve(''),
    copyText: () => Promise.resolve(true),
  });
  return { handlers, settings, chosen };
}

describe('choices on a managed computer', () => {
  it('are refused where they are made already, and nothing changes', async () => {
    const { handlers, settings, chosen } = handlersUnder({ policy: { ...noPolicy, port: 47_200 } });
    const refused = { ok: false, failure: { code: 'choice_managed' } };
    expect(await handlers.choose({ name: 'port', value: 50_000 })).toEqual(refused);
    expect([settings.get('port'), chosen]).toEqual([null, []]);
    expect(await handlers.choose({ name: 'language', value: 'ar' })).toEqual({ ok: true, value: null });
    expect([settings.get('language'), chosen]).toEqual(['ar', ['language']]);
  });

  it('are named to the window, and so is a policy that is not used', async () => {
    const { handlers } = handlersUnder({
      policy: { ...noPolicy, port: 47_200, service: 'https://auth.example', language: 'en' },
    });
    expect(await handlers.getSettings()).toMatchObject({
      managed: ['language', 'port'],
      policyTrouble: null,
    });
    const trouble = { kind: 'not_json' } as const;
    expect(await handlersUnder({ trouble }).handlers.getSettings()).toMatchObject({
      managed: [],
      policyTrouble: trouble,
    });
  });
});
