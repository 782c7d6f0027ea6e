import { describe, expect, it } from 'vitest';
import { isTrustedSender } from '../../electron/ipc/trusted-sender.ts';

type Event = Parameters<typeof isTrustedSender>[0];

const ours: unknown = { id: 1 };
const main = { parent: null, origin: 'app://token-tray' };

/** Whether a message of this frame and these contents is taken. */
function trusts(senderFrame: object | null, sender = ours): boolean {
  const event: unknown = { senderFrame, sender };
  return isTrustedSender(event as Event, (contents) => contents === ours);
}

describe('I01 a message', () => {
  it('is ours from the main frame of our window, at our origin', () => {
    expect(trusts(main)).toBe(true);
  });

  it.each<[string, object | null]>([
    ['a frame that is gone', null],
    ['a frame inside the page', { parent: main, origin: 'app://token-tray' }],
    ['another origin', { parent: null, origin: 'https://token-tray' }],
    ['an origin that begins as ours', { parent: null, origin: 'app://token-tray.evil.example' }],
    ['no origin', { parent: null, origin: 'null' }],
  ])('is not from %s', (_, frame) => {
    expect(trusts(frame)).toBe(false);
  });

  it('is not from other contents', () => {
    expect(trusts(main, { id: 2 })).toBe(false);
  });
});
