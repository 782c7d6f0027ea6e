import { describe, expect, it } from 'vitest';
import { managedSettings } from '../../electron/adapters/managed-settings.ts';
import { noPolicy } from '../../electron/contract/policy.ts';
import { InMemorySettings } from '../support/in-memory-home.ts';

describe('settings under a policy', () => {
  it('say what the policy decides, and keep the person’s choice for the day it ends', async () => {
    const own = new InMemorySettings({ port: 50_000, language: 'en' });
    const settings = managedSettings(own, { ...noPolicy, port: 47_200 });
    expect([settings.get('port'), settings.get('language')]).toEqual([47_200, 'en']);
    expect(await settings.set('port', 50_001)).toBe(false);
    expect(settings.get('port')).toBe(47_200);
    expect(own.get('port')).toBe(50_000);
    expect(await settings.set('language', 'ar')).toBe(true);
    expect(own.get('language')).toBe('ar');
  });

  it('are the person’s own where it decides nothing', async () => {
    const settings = managedSettings(new InMemorySettings({ port: 50_000 }), noPolicy);
    expect(await settings.set('port', 50_001)).toBe(true);
    expect(settings.get('port')).toBe(50_001);
  });
});
