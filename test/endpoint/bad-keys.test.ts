import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { Tool } from '../../electron/core/ports.ts';
import { newKey } from '../../electron/endpoint/key.ts';
import { KeyRing } from '../../electron/endpoint/key-ring.ts';
import { Leases } from '../../electron/endpoint/leases.ts';
import { rawExchange, requestBytes, statusOf } from '../support/raw-connection.ts';
import { TestEndpoint } from '../support/test-endpoint.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What is still in use, in bytes. */
function memory(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

describe('E27 thousands of wrong keys', () => {
  it('leave no trace in memory, and good keys are served in the midst of them', async () => {
    await using endpoint = await TestEndpoint.start();
    let made = 0;
    const guess = async () => {
      const header = `Authorization: Bearer ${String((made += 1)).padStart(43, 'x')}${'y'.repeat(4_000)}`;
      const request = requestBytes('GET /v1/token HTTP/1.1', endpoint.hostLine, header);
      return statusOf(await rawExchange(endpoint.port, request));
    };
    const flood = async (batches: number) => {
      for (let batch = 0; batch < batches; batch += 1) {
        const refused = Promise.all(Array.from({ length: 50 }, guess));
        expect((await endpoint.ask('/v1/token')).status).toBe(200);
        expect(new Set(await refused)).toEqual(new Set([401]));
      }
    };
    await flood(10);
    const before = memory();
    await flood(20);
    // A thousand guesses would take more than 4 MB if each were kept.
    expect(memory() - before).toBeLessThan(2_000_000);
    expect(endpoint.refusals('bad_key')).toHaveLength(1);
  });

  it('cost one look-up each, however many tools there are', () => {
    const lookUps: string[] = [];
    const tools = {
      byDigest(digest: string): Tool | null {
        lookUps.push(digest);
        return null;
      },
    };
    const keys = new KeyRing(newKey(), tools, new Leases());
    for (let guess = 0; guess < 1_000; guess += 1) expect(keys.callerOf(`guess ${guess}`)).toBeNull();
    expect(new Set(lookUps).size).toBe(1_000);
    expect(lookUps).toHaveLength(1_000);
  });
});
