import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { request } from '../../electron/cli/connection.ts';
import type { EndpointFile, TokenAnswer } from '../../electron/contract/wire.ts';
import { browserExecutable } from './browser.ts';
import { demo } from './state-row.ts';
import { hasTerminal } from './terminal.ts';
import { call } from './token-tray-process.ts';

/** What the check asks. */
export const seen = /Seen\?[^:]*: /;
export const ready = /Press Enter when[^:]*: /;
export const instead = /one line\): /;
export const paste = /nothing is shown\): /;

export function endpointIn(home: string): EndpointFile {
  return JSON.parse(readFileSync(join(home, 'endpoint.json'), 'utf8')) as EndpointFile;
}

export async function tokenIn(home: string): Promise<string> {
  const asked = await request(home, 'GET', '/v1/token');
  return asked.ok ? (JSON.parse(asked.value.body) as TokenAnswer).access_token : '';
}

export async function signIn(home: string): Promise<void> {
  const login = ['login', '--home', home, '--username', demo.username, '--password-stdin'];
  expect(await call(login, demo.password)).toMatchObject({ exitCode: 0 });
}

/** The row of a step in the report. */
export function row(report: string, id: string): string {
  return new RegExp(`^\\| ${id} \\|.*$`, 'm').exec(report)?.[0] ?? 'no row';
}

/** Linux alone has a stand-in's session bus. */
export const canCheckDesktop = hasTerminal && browserExecutable() !== null && process.platform === 'linux';
