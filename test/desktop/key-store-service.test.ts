import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasKeyStoreService } from '../../electron/desktop/key-store-service.ts';
import type { AskSessionBus, BusAnswer } from '../../electron/desktop/session-bus.ts';
import { noSecretService, PersonWithKeyring, type Daemon } from '../support/secret-service.ts';

const answered = (text: string): BusAnswer => ({ kind: 'answered', text });
const bare = answered("(['org.freedesktop.DBus', ':1.0'],)");

/** A bus that answers in turn what is on it, and what it can start. */
function bus(...answers: readonly BusAnswer[]): AskSessionBus {
  const left = [...answers];
  return async () => left.shift() ?? { kind: 'failed' };
}

describe('a key store on the session bus', () => {
  it.each([
    ['gdbus', "(['org.freedesktop.DBus', 'org.freedesktop.secrets'],)"],
    ['busctl', 'as 2 "org.freedesktop.DBus" "org.kde.kwalletd6"\n'],
    ['dbus-send', 'method return time=1\n   array [\n      string "org.kde.kwalletd5"\n   ]\n'],
  ])('T10 is found in what %s prints, on the bus or among what it can start', async (_program, text) => {
    expect(await hasKeyStoreService(bus(answered(text)))).toBe(true);
    expect(await hasKeyStoreService(bus(bare, answered(text)))).toBe(true);
  });

  it('T10 is not there where no such name is, nor where there is no bus; a bus that cannot be asked may have one', async () => {
    const similar = answered("(['org.freedesktop.secrets.example', 'org.kde.kwalletmanager5'],)");
    expect(await hasKeyStoreService(bus(bare, similar))).toBe(false);
    expect(await hasKeyStoreService(bus({ kind: 'failed' }, { kind: 'failed' }))).toBe(false);
    expect(await hasKeyStoreService(bus({ kind: 'unknown' }))).toBe(true);
  });
});

const without = noSecretService === null ? '' : ` (needs ${noSecretService})`;
const program = join(import.meta.dirname, '../support/key-store-service-program.ts');

describe.skipIf(noSecretService !== null)(`the question to a real session bus${without}`, () => {
  it('T10 tells a key store that is there, though locked, from none and from no bus, by each program that can ask', async () => {
    const person = await PersonWithKeyring.make();
    const asked = async (daemon: Daemon) => {
      const said = await person.run(daemon, program);
      const { answer: withNone } = said.pop() ?? {};
      return { answers: new Set(said.map(({ answer }) => answer)), withNone };
    };
    const withNone = 'true';
    expect(await asked('locked')).toEqual({ answers: new Set(['true']), withNone });
    expect(await asked('absent')).toEqual({ answers: new Set(['false']), withNone });
    expect(await asked('without a bus')).toEqual({ answers: new Set(['false']), withNone });
  });
});
