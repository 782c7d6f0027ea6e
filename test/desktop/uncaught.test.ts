import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { watchUncaught } from '../../electron/desktop/uncaught.ts';

function watched() {
  const [faults, stdout, stderr] = [new EventEmitter(), new EventEmitter(), new EventEmitter()];
  const [tell, end] = [vi.fn(), vi.fn()];
  watchUncaught(Object.assign(faults, { stdout, stderr }) as unknown as NodeJS.Process, { tell, end });
  return { faults, stdout, stderr, tell, end };
}

const withSecret = new TypeError('could not send eyJhbGciOiJub25lIn0.e30.x from /home/anna');

describe('what no part of ours caught', () => {
  it('L01 is told by its kind alone, and an exception ends the program', () => {
    const { faults, tell, end } = watched();
    faults.emit('uncaughtException', withSecret);
    expect(tell.mock.calls).toEqual([['uncaught_exception', 'TypeError']]);
    expect(end).toHaveBeenCalledOnce();
  });

  it('L01 ends nothing where nobody waited for it', () => {
    const { faults, tell, end } = watched();
    faults.emit('unhandledRejection', withSecret);
    faults.emit('unhandledRejection', 'eyJhbGciOiJub25lIn0.e30.x');
    expect(tell.mock.calls).toEqual([
      ['unhandled_rejection', 'TypeError'],
      ['unhandled_rejection', 'string'],
    ]);
    expect(end).not.toHaveBeenCalled();
  });

  it('does not count a terminal that was closed', () => {
    const { stdout, stderr, tell, end } = watched();
    stdout.emit('error', new Error('EPIPE'));
    stderr.emit('error', new Error('EPIPE'));
    expect(tell).not.toHaveBeenCalled();
    expect(end).not.toHaveBeenCalled();
  });
});
