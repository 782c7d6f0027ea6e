import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { request } from '../../electron/cli/connection.ts';
import type { EndpointFile, TokenAnswer } from '../../electron/contract/wire.ts';
import { browserExecutable } from './browser.ts';
import { DesktopCheckPerson } from './desktop-check-person.ts';
import { demo } from './state-row.ts';
import { hasTerminal } from './terminal.ts';
import { call } from './token-tray-process.ts';

/** What the check asks. */
export const seen = /Seen\?[^:]*: /;
export const ready = /Press Enter when[^:]*: /;
export const instead = /one line\): /;
export const paste = /nothing is shown\): /;

function endpointIn(home: string): EndpointFile {
  return JSON.parse(readFileSync(join(home, 'endpoint.json'), 'utf8')) as EndpointFile;
}

async function tokenIn(home: string): Promise<string> {
  const asked = await request(home, 'GET', '/v1/token');
  return asked.ok ? (JSON.parse(asked.value.body) as TokenAnswer).access_token : '';
}

export async function signIn(home: string): Promise<void> {
  const login = ['login', '--home', home, '--username', demo.username, '--password-stdin'];
  expect(await call(login, demo.password)).toMatchObject({ exitCode: 0 });
}

interface BegunCheck {
  readonly person: DesktopCheckPerson;
  readonly folder: string;
  readonly home: string;
  readonly endpoint: EndpointFile;
  readonly token: string;
}

/** A check whose person has signed in, answered the step of the icon in this way, and pasted a copied token. */
export async function checkAfterCopy(answerIcon: (check: BegunCheck) => Promise<void>): Promise<BegunCheck> {
  const folder = await DesktopCheckPerson.folder();
  const person = await DesktopCheckPerson.start(folder, []);
  onTestFinished(() => person[Symbol.asyncDispose]());
  await person.answers('start', seen, 'y');
  const [home = ''] = person.homes;
  await signIn(home);
  const check = { person, folder, home, endpoint: endpointIn(home), token: await tokenIn(home) };
  await answerIcon(check);
  await person.answers('sign-in', seen, 'y');
  for (const id of ['click', 'keyboard', 'minimise']) await person.answers(id, seen, 's');
  await person.answers('copy', seen, 'y');
  await person.types(paste, check.token);
  return check;
}

/** The row of a step in the report. */
export function row(report: string, id: string): string {
  return new RegExp(`^\\| ${id} \\|.*$`, 'm').exec(report)?.[0] ?? 'no row';
}

/** Linux alone has a stand-in's session bus. */
export const canCheckDesktop = hasTerminal && browserExecutable() !== null && process.platform === 'linux';
