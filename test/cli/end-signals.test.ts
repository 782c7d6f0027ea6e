import { describe, expect, it } from 'vitest';
import { endSignals } from '../../electron/cli/end-signals.ts';

describe('what ends the agent and the tray app', () => {
  it('W9 is Ctrl-Break on Windows, too, beside Ctrl-C and the close of the console', () => {
    expect(endSignals('win32')).toEqual(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGBREAK']);
    for (const platform of ['linux', 'darwin']) {
      expect(endSignals(platform)).toEqual(['SIGTERM', 'SIGINT', 'SIGHUP']);
    }
  });
});
