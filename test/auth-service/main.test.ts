import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { loginPath } from './routes.ts';

const script = fileURLToPath(new URL('main.ts', import.meta.url));

function run(...args: string[]) {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, exited: once(child, 'exit'), stderr: text(child.stderr) };
}

async function ready({ child }: ReturnType<typeof run>): Promise<{ url: string; lines: string[] }> {
  const lines: string[] = [];
  const reader = createInterface(child.stdout).on('line', (line) => lines.push(line));
  await once(reader, 'line');
  return { url: lines[0]?.replace(/^ready /, '') ?? '', lines };
}

describe('the auth service as a program', () => {
  // On Windows one program cannot send another a signal: it ends it.
  test.skipIf(process.platform === 'win32').each(['SIGTERM', 'SIGINT'] as const)(
    'says ready and nothing else, and exits 0 on %s',
    async (signal) => {
      const program = run('--port', '0', '--user', 'a@example.com:hunter22');
      const { url, lines } = await ready(program);
      expect(lines).toEqual([expect.stringMatching(/^ready http:\/\/127\.0\.0\.1:[1-9]\d*$/)]);
      // A request held up for an hour must not hold up the exit.
      const fault = JSON.stringify({ path: loginPath, times: 1, delayMs: 3_600_000 });
      await fetch(`${url}/__control/fault`, { method: 'POST', body: fault });
      const authorization = `Basic ${Buffer.from('a@example.com:hunter22').toString('base64')}`;
      const login = () => fetch(url + loginPath, { method: 'POST', headers: { authorization } });
      const heldUp = login().catch(() => 'cut off');
      await vi.waitFor(async () => {
        const stats = await fetch(`${url}/__control/stats`);
        expect(await stats.json()).toMatchObject({ concurrentPeak: 1 });
      });
      expect(await login()).toMatchObject({ status: 200 });
      program.child.kill(signal);
      expect(await program.exited).toEqual([0, null]);
      expect(await heldUp).toBe('cut off');
      expect(await program.stderr).toBe('');
      expect(lines).toHaveLength(1);
    },
  );

  test('exits 2 with one line for a bad option', async () => {
    const program = run('--suspend-after', 'often');
    expect(await program.exited).toEqual([2, null]);
    expect(await program.stderr).toMatch(
      /^error: option '--suspend-after <N\/S>' argument 'often' is invalid\..*\n$/,
    );
  });

  test('exits 0 after --help', async () => {
    const program = run('--help');
    expect(await text(program.child.stdout)).toContain('--rotation-grace <S>');
    expect(await program.exited).toEqual([0, null]);
  });

  test('exits 1 with one line if the port is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void holder.close());
    await once(holder, 'listening');
    const address = holder.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const program = run('--port', port);
    expect(await program.exited).toEqual([1, null]);
    expect(await program.stderr).toMatch(/^error: .*address already in use.*\n$/);
  });
});
