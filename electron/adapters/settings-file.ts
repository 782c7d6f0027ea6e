import { join } from 'node:path';
import { z } from 'zod';
import type { HomeFinding } from '../contract/doctor-findings.ts';
import { homeFiles } from '../contract/home.ts';
import type { Log, Settings, SettingValues } from '../core/ports.ts';
import { replaceFile } from './atomic-file.ts';
import { CallQueue } from './call-queue.ts';
import { readPrivateFile } from './private-file.ts';
import { parseServiceAddress } from './service-address.ts';
import { moveAside, type AsideParts } from './set-aside.ts';

export interface FileSettingsParts extends AsideParts {
  readonly home: string;
  readonly log: Log;
  /** Told of what is not used, for a person. */
  readonly trouble?: (finding: HomeFinding) => void;
}

/** Names and addresses that may get the token, https or http on this computer; one that will not do costs only itself. */
function soundHosts(hosts: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(hosts).flatMap(([name, text]) => {
      const address = typeof text === 'string' ? parseServiceAddress(text) : null;
      return address?.ok === true && hostName.test(name) ? [[name, address.value]] : [];
    }),
  );
}

/** The entries that were left out, as `furtherHosts.orders`. */
function unsoundHosts(hosts: unknown): readonly string[] {
  const read = fileContent.safeParse(hosts);
  if (!read.success) return [];
  const sound = soundHosts(read.data);
  return Object.keys(read.data).flatMap((name) =>
    Object.hasOwn(sound, name) ? [] : [`furtherHosts.${name}`],
  );
}

export const hostName = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** Each choice with what counts where none was made, or where the file holds something else. */
const choices = {
  port: z.int().min(1).max(65_535).nullable().default(null),
  alwaysFresh: z.boolean().default(false),
  programsOfThisUser: z.boolean().default(true),
  defaultAccount: z.string().min(1).nullable().default(null),
  pausedUntil: z.int().nullable().default(null),
  furtherHosts: z.record(z.string(), z.unknown()).transform(soundHosts).default({}),
  notifications: z.boolean().default(true),
  language: z.enum(['system', 'en', 'ar']).default('system'),
  appearance: z.enum(['system', 'light', 'dark']).default('system'),
  clipboardSeconds: z.int().min(10).max(600).default(60),
  pauseOnScreenLock: z.boolean().default(false),
  lookForNewVersions: z.boolean().default(true),
  newVersionLookedAt: z.int().nullable().default(null),
  newVersionFound: z.string().max(64).nullable().default(null),
  startAtLoginAsked: z.boolean().default(false),
  trayHintSeen: z.boolean().default(false),
  unprotectedStorage: z.enum(['ask', 'memory', 'keep']).default('ask'),
} satisfies { [Name in keyof SettingValues]: z.ZodDefault<z.ZodType<SettingValues[Name]>> };

const names = z.keyof(z.object(choices)).options;
const fileContent = z.record(z.string(), z.unknown());

/**
 * Opens `settings.json`. A file that is not valid is moved aside, and the defaults count. A file that cannot be read,
 * or is a link, is left alone, and choices then hold until the program ends. Never rejects for the disk.
 */
export async function openFileSettings(parts: FileSettingsParts): Promise<FileSettings> {
  const path = join(parts.home, homeFiles.settings);
  const read = await readPrivateFile(path, parts);
  if (read.kind === 'failed') {
    const { reason } = read;
    parts.log.warn('settings_unreadable', { reason });
    const file = homeFiles.settings;
    parts.trouble?.(
      reason === 'not_a_file'
        ? { code: 'file_not_regular', file }
        : { code: 'file_unreadable', file, reason },
    );
    return new FileSettings({}, false, parts);
  }
  const content = read.kind === 'content' ? parse(read.bytes) : null;
  if (content || read.kind === 'absent') {
    return new FileSettings(content ?? {}, true, parts);
  }
  const moved = await moveAside(path, 'corrupt', parts);
  parts.trouble?.({ code: 'file_corrupt', file: homeFiles.settings });
  parts.log.warn('settings_set_aside', moved.ok ? { keptAs: moved.value } : { reason: moved.failure });
  return new FileSettings({}, moved.ok, parts);
}

/** The choices of `settings.json`. Each one that is made is written at once, with what the file holds besides. */
export class FileSettings implements Settings {
  readonly #values: SettingValues;
  readonly #writable: boolean;
  readonly #parts: FileSettingsParts;
  readonly #queue = new CallQueue();

  /** `writable`: whether choices are written; else they hold until the program ends. */
  constructor(content: Record<string, unknown>, writable: boolean, parts: FileSettingsParts) {
    const { log, trouble } = parts;
    const wrong = names.filter((name) => !choices[name].safeParse(content[name]).success);
    for (const name of [...wrong, ...unsoundHosts(content['furtherHosts'])]) {
      log.warn('setting_ignored', { name });
      trouble?.({ code: 'setting_ignored', name });
    }
    const sound = Object.entries(content).filter(([name]) => !(wrong as readonly string[]).includes(name));
    this.#values = z.object(choices).parse(Object.fromEntries(sound));
    this.#writable = writable;
    this.#parts = parts;
  }

  get<Name extends keyof SettingValues>(name: Name): SettingValues[Name] {
    return this.#values[name];
  }

  async set<Name extends keyof SettingValues>(name: Name, value: SettingValues[Name]): Promise<boolean> {
    Object.assign(this.#values, { [name]: value });
    if (!this.#writable) return false;
    const saved = await this.#queue.run(() => this.#save(name, value));
    if (!saved) this.#parts.log.warn('setting_not_saved', { name });
    return saved;
  }

  /** Resolves when every choice made so far is on the disk, or could not be written. */
  async saved(): Promise<void> {
    await this.#queue.run(() => Promise.resolve());
  }

  /** The file is read again first: it holds what a later version or a person put there, and may have become invalid. */
  async #save(name: string, value: unknown): Promise<boolean> {
    const path = join(this.#parts.home, homeFiles.settings);
    const read = await readPrivateFile(path, this.#parts);
    const content = read.kind === 'content' ? parse(read.bytes) : read.kind === 'absent' ? {} : null;
    if (content === null) return false;
    const bytes = Buffer.from(`${JSON.stringify({ ...content, [name]: value }, null, 2)}\n`);
    return (await replaceFile(path, bytes, this.#parts)).ok;
  }
}

function parse(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return fileContent.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
