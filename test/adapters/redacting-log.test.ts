import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { LogFile } from '../../electron/adapters/log-file.ts';
import { RedactingLog } from '../../electron/adapters/redacting-log.ts';
import { Redactor } from '../../electron/adapters/redaction.ts';
import { Secret } from '../../electron/core/secret.ts';

let home = '';
const logs = () => join(home, 'logs');
const path = () => join(logs(), 'token-tray.log');

beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'token-tray-log-'))));
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** A log in memory. */
function keptLog(): { log: RedactingLog; lines: string[]; redactor: Redactor } {
  const lines: string[] = [];
  const redactor = new Redactor();
  return { log: new RedactingLog({ write: (line) => lines.push(line) }, redactor), lines, redactor };
}

describe('a line of the log', () => {
  it('is one JSON with level, time, process, event and fields', () => {
    const { log, lines } = keptLog();
    log.warn('renewal_failed', {
      account: 'demo@example.com',
      waitMs: 5,
      failure: { code: 'expired' },
      tool: null,
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^\{.*\}\n$/);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown,
      pid: process.pid,
      event: 'renewal_failed',
      account: 'demo@example.com',
      waitMs: 5,
      failure: { code: 'expired' },
      tool: null,
    });
  });

  it('L01 stays one JSON, and holds no secret, whatever text it is given', () => {
    const secret = 'kX9-correct horse';
    const names = fc.constantFrom('password', 'access_token', 'token', 'path', 'reason', 'tt_', 'a');
    const noise = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom('\\', '"', '\n', '\t', '\b', 't', 'u', '_', '%', 'a', ' ', '\ud83d'),
      }),
      fc.constant('x'.repeat(32)),
    );
    const fields = fc.dictionary(names, fc.oneof(noise, fc.boolean(), fc.integer(), fc.constant(null)));
    fc.assert(
      fc.property(fields, noise, noise, (others, before, after) => {
        const { log, lines, redactor } = keptLog();
        redactor.remember(new Secret(secret));
        log.info('event', { ...others, text: `${before}${secret}${after}` });
        expect(lines).toHaveLength(1);
        expect(() => void JSON.parse(lines[0] ?? '')).not.toThrow();
        expect(lines[0]).not.toContain(secret);
      }),
    );
  });

  it('L01 masks a secret that slipped past the types, and an error with a request in it', () => {
    const { log, lines } = keptLog();
    const error = Object.assign(new Error('failed'), {
      headers: { authorization: 'Bearer hunter2' },
      body: '{"password":"hunter2"}',
    });
    const slipped: Record<string, never> = {
      token: new Secret('hunter2') as never,
      error: error as never,
      err: error as never,
    };
    log.info('slipped', slipped);
    expect(lines.join()).toContain('"token":"[secret]"');
    expect(lines.join()).not.toContain('hunter2');
  });

  it('is dropped where it cannot be made or written: the program goes on', () => {
    const log = new RedactingLog(
      {
        write: () => {
          throw new Error('ENOSPC');
        },
      },
      new Redactor(),
    );
    log.info('event');
    keptLog().log.info('event', { big: 1n as never });
  });
});

describe('the file of the log', () => {
  it('is written before the call returns, in a folder and a file of this user alone', () => {
    const log = new RedactingLog(new LogFile(home), new Redactor());
    log.info('one');
    log.info('two', { text: 'Bearer hunter2' });
    const text = readFileSync(path(), 'utf8');
    expect(text).toMatch(/^\{.*"event":"one"\}\n\{.*"event":"two".*\}\n$/);
    expect(text).not.toContain('hunter2');
  });

  it.skipIf(process.platform === 'win32')(
    'has modes 0700 and 0600, also where it was there with others',
    () => {
      new LogFile(home).write('one\n');
      expect([statSync(logs()).mode & 0o777, statSync(path()).mode & 0o777]).toEqual([0o700, 0o600]);
      rmSync(logs(), { recursive: true });
      mkdirSync(logs(), { mode: 0o755 });
      writeFileSync(path(), 'zero\n', { mode: 0o644 });
      new LogFile(home).write('one\n');
      expect([statSync(logs()).mode & 0o777, statSync(path()).mode & 0o777]).toEqual([0o700, 0o600]);
      expect(readFileSync(path(), 'utf8')).toBe('zero\none\n');
    },
  );

  it('keeps one earlier file, and neither grows beyond the limit', () => {
    const file = new LogFile(home, 30);
    for (let line = 10; line < 40; line += 1) file.write(`line ${line}\n`);
    expect(readdirSync(logs()).sort()).toEqual(['token-tray.log', 'token-tray.log.1']);
    expect(readFileSync(path(), 'utf8')).toBe('line 37\nline 38\nline 39\n'.slice(-24));
    expect(readFileSync(`${path()}.1`, 'utf8')).toBe('line 34\nline 35\nline 36\n');
  });

  it('takes one line that is larger than the limit', () => {
    const file = new LogFile(home, 5);
    file.write('first line\n');
    file.write('second line\n');
    expect(readFileSync(path(), 'utf8')).toBe('second line\n');
    expect(readFileSync(`${path()}.1`, 'utf8')).toBe('first line\n');
  });

  it.skipIf(process.platform === 'win32')('follows no link: neither of the file nor of its folder', () => {
    const elsewhere = join(home, 'elsewhere');
    writeFileSync(elsewhere, '');
    mkdirSync(logs());
    symlinkSync(elsewhere, path());
    new LogFile(home).write('one\n');
    expect(readFileSync(elsewhere, 'utf8')).toBe('');

    rmSync(logs(), { recursive: true });
    mkdirSync(join(home, 'folder'));
    symlinkSync(join(home, 'folder'), logs());
    new LogFile(home).write('one\n');
    expect(readdirSync(join(home, 'folder'))).toEqual([]);
  });

  it('goes on where there can be none, and again once there can', () => {
    writeFileSync(logs(), 'a file in the folder’s place');
    const file = new LogFile(home);
    file.write('one\n');
    rmSync(logs());
    file.write('two\n');
    expect(readFileSync(path(), 'utf8')).toBe('two\n');
  });
});
