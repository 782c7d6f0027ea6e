import { describe, expect, it } from 'vitest';
import { RefusalLog } from '../../electron/endpoint/refusal-log.ts';
import { RememberingLog } from '../support/remembering-log.ts';

describe('E27 the log of refusals', () => {
  it('has one line a minute for each reason, with the number since the last', () => {
    const log = new RememberingLog();
    let now = 0;
    const refusals = new RefusalLog(log, () => now);
    for (let at = 0; at < 1_000; at += 1) refusals.add('bad_key');
    refusals.add('forbidden_host');
    now = 59_999;
    refusals.add('bad_key');
    expect(log.events.map(({ fields }) => fields)).toEqual([
      { reason: 'bad_key', count: 1 },
      { reason: 'forbidden_host', count: 1 },
    ]);
    now = 60_000;
    refusals.add('bad_key');
    expect(log.events.at(-1)?.fields).toEqual({ reason: 'bad_key', count: 1_001 });
  });

  it('is not silenced by a clock that is set back', () => {
    const log = new RememberingLog();
    let now = 3_600_000;
    const refusals = new RefusalLog(log, () => now);
    refusals.add('bad_key');
    now = 0;
    refusals.add('bad_key');
    expect(log.events).toHaveLength(2);
  });
});
