import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { BaseWindow } from 'electron';
import { watchSessionEnd } from '../../electron/desktop/session-end.ts';

/** What the app does when Windows asks whether the session may end, and whether it lets it. */
function askedWhile(now: { readonly visible: boolean; readonly wouldLose: boolean }) {
  const window = new EventEmitter();
  const done: string[] = [];
  let shown: unknown = null;
  watchSessionEnd({
    makeWindow: ({ show }) => {
      shown = show;
      return window as unknown as BaseWindow;
    },
    isWindowVisible: () => now.visible,
    wouldLose: () => now.wouldLose,
    beginNothing: () => void done.push('begin nothing'),
    save: () => void done.push('save'),
    end: () => void done.push('end'),
  });
  let held = false;
  window.emit('query-session-end', { reasons: ['shutdown'], preventDefault: () => (held = true) });
  return { shown, held, done };
}

describe('the end of a session on Windows', () => {
  it('T16 is held up by a visible window until an unsaved answer is saved, and the app ends', () => {
    expect(askedWhile({ visible: true, wouldLose: true })).toEqual({
      shown: false,
      held: true,
      done: ['begin nothing', 'save', 'end'],
    });
  });

  it('T16 is not held up without a visible window, as Windows would end the app at once; it saves meanwhile', () => {
    expect(askedWhile({ visible: false, wouldLose: true })).toMatchObject({
      held: false,
      done: ['begin nothing', 'save'],
    });
  });

  it('T16 is not held up where nothing is lost; the app stays, as another program may cancel it', () => {
    expect(askedWhile({ visible: true, wouldLose: false })).toMatchObject({
      held: false,
      done: ['begin nothing'],
    });
  });
});
