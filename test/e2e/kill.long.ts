import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startAuthService } from '../auth-service/auth-service.ts';
import { refreshPath } from '../auth-service/routes.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { AgentProcess, call } from '../support/token-tray-process.ts';

/** How often the agent is killed. */
const kills = Number(process.env['TOKEN_TRAY_KILLS'] ?? 40);
const username = 'demo@example.com';
const password = 'correct horse';
const vaultFile = z.object({ accounts: z.array(z.object({ account: z.string(), generation: z.number() })) });

/** The stored generation. Fails where the vault does not parse. */
function storedGeneration(home: string): number {
  const vault = vaultFile.parse(JSON.parse(readFileSync(join(home, 'vault.passphrase.json'), 'utf8')));
  return vault.accounts.find(({ account }) => account === username)?.generation ?? 0;
}

/** Whether a renewal has begun: its intent stands in the ledger. */
function intents(home: string): number {
  const path = join(home, 'ledger.jsonl');
  return existsSync(path) ? readFileSync(path, 'utf8').split('"refresh"').length - 1 : 0;
}

describe('SIGKILL at random while renewing, against rotation with reuse detection', () => {
  it(
    `V01 S04 ${kills} times: it serves again, or needs a sign-in only if it died between commit and flush`,
    { timeout: 30_000 + kills * 15_000 },
    async () => {
      await using service = await startAuthService({ accessLifetime: 2, reuseDetection: true });
      const home = await temporaryHome();
      const args = ['--api', service.url];
      const counts = { 'before the commit': 0, 'between commit and flush': 0, 'after the flush': 0 };
      let agent = await AgentProcess.start({ home, args: [...args, '--username', username], password });
      for (let kill = 0; kill < kills; kill += 1) {
        const before = {
          commits: service.stats().refreshes,
          generation: storedGeneration(home),
          lines: intents(home),
        };
        service.fault({ path: refreshPath, times: 1, delayMs: 4 });
        // Asks until the token's age makes it renew, and strikes at a random moment from the intent on.
        const asking = new AbortController();
        const asks = (async () => {
          while (!asking.signal.aborted) {
            await agent.fetch('/v1/token', { signal: asking.signal }).catch(() => undefined);
            await delay(1);
          }
        })();
        await expect
          .poll(() => intents(home), { timeout: 30_000, interval: 1 })
          .toBeGreaterThan(before.lines);
        await delay(Math.random() * 30);
        await agent.end('SIGKILL');
        asking.abort();
        await asks;

        const committed = service.stats().refreshes > before.commits;
        const saved = storedGeneration(home) > before.generation;
        const died = !committed
          ? 'before the commit'
          : saved
            ? 'after the flush'
            : 'between commit and flush';
        const refused = service.stats().rejectedRefreshes;
        agent = await AgentProcess.start({ home, args });
        const settled = async () => {
          const { status } = await agent.fetch('/v1/token');
          const { state } = (await (await agent.fetch('/v1/status')).json()) as { state: string };
          return status === 200 && state === 'active' ? 'serves' : state;
        };
        await expect.poll(settled, { timeout: 30_000 }).toMatch(/^(serves|needs_sign_in)$/);
        const end = await settled();
        // The service may commit after our death: then the death lay before its flush as well.
        const late = !committed && end === 'needs_sign_in';
        counts[late ? 'between commit and flush' : died] += 1;
        if (died === 'between commit and flush' || late) {
          expect(end).toBe('needs_sign_in');
          expect(service.stats().rejectedRefreshes - refused).toBe(1);
          const login = ['login', '--home', home, '--username', username, '--password-stdin'];
          // The budget may ask for a moment's wait.
          await expect.poll(async () => (await call(login, password)).exitCode, { timeout: 20_000 }).toBe(0);
        } else {
          expect(end).toBe('serves');
          expect(service.stats().rejectedRefreshes).toBe(refused);
        }
      }
      await agent.end();
      console.info(`killed ${kills} times:`, JSON.stringify(counts));
      expect(service.stats().concurrentPeak).toBe(1);
    },
  );
});
