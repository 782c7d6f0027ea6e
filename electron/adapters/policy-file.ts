import { constants } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { noPolicy, type FoundPolicy, type Policy, type PolicyTrouble } from '../contract/policy.ts';
import { failed, succeeded, type Result } from '../contract/result.ts';
import { nodeFileSystem, readWhole, type OpenFile } from './file-system.ts';
import { parseServiceAddress } from './service-address.ts';
import { hostName } from './settings-file.ts';
import { errorCode } from './unwritable-reason.ts';
import { writtenByAdministrators } from './windows-owner.ts';

export interface PolicyParts {
  readonly platform: string;
  /** The user id whose the file has to be; root, but in a test. */
  readonly administrator?: number;
  /** The same on Windows, where Node tells neither owner nor who may write. Null: Windows did not tell. */
  readonly isAdministrators?: (path: string) => Promise<boolean | null>;
}

const mostBytes = 64 * 1024;

/** A text for the window; control characters would let it pass for words of the window's own. */
const shown = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Bidi_Control}]*$/u);

const address = z.string().transform((text, context) => {
  const parsed = parseServiceAddress(text);
  if (parsed.ok) return parsed.value;
  context.addIssue({ code: 'custom' });
  return z.NEVER;
});

/** A key that is not known is refused: a slip of the pen would else look like a decision that holds. */
const content = z.strictObject({
  service: address.optional(),
  port: z.int().min(1).max(65_535).optional(),
  language: z.enum(['system', 'en', 'ar']).optional(),
  furtherHosts: z.record(z.string().regex(hostName), address).optional(),
  lookForNewVersions: z.boolean().optional(),
  signInHelp: z
    .strictObject({ text: shown(600).optional(), contact: shown(200).optional() })
    .refine(({ text, contact }) => text !== undefined || contact !== undefined)
    .optional(),
});

/** Reads the machine's policy. Of one that is wrong in any part nothing is used. Never rejects for the disk. */
export async function readPolicy(path: string, parts: PolicyParts): Promise<FoundPolicy> {
  const read = await readTrusted(path, parts).catch((error: unknown) => unread(error));
  if (read === null) return { path, policy: noPolicy, trouble: null };
  const parsed = read.ok ? parse(read.value) : read;
  if (!parsed.ok) return { path, policy: noPolicy, trouble: parsed.failure };
  return { path, policy: parsed.value, trouble: null };
}

/**
 * Of the open file itself, so that nobody changes it between the look and the reading. Windows judges a path: before
 * it is opened, and what administrators alone may change is not changed in between.
 */
async function readTrusted(path: string, parts: PolicyParts): Promise<Result<Buffer, PolicyTrouble>> {
  if (parts.platform === 'win32') {
    const judged = await judgeOnWindows(path, parts);
    if (!judged.ok) return judged;
  }
  // A named pipe would keep the call waiting for somebody at its other end without O_NONBLOCK.
  const file = await nodeFileSystem.open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const { size } = await file.stat();
    if (!(await isTrusted(file, parts))) return failed({ kind: 'not_administrators' });
    if (size > mostBytes) return failed({ kind: 'unreadable' });
    return succeeded(await readWhole(file, size));
  } finally {
    await file.close();
  }
}

/** Another user of this computer could else name the service that a password goes to. */
async function isTrusted(file: OpenFile, { platform, administrator = 0 }: PolicyParts): Promise<boolean> {
  const status = await file.stat();
  if (!status.isFile()) return false;
  if (platform === 'win32') return true;
  return status.uid === administrator && (status.mode & 0o022) === 0;
}

/** Every user may make a folder in ProgramData, and a link or junction there could lead to a file of an administrator's. */
async function judgeOnWindows(
  path: string,
  { isAdministrators = writtenByAdministrators }: PolicyParts,
): Promise<Result<null, PolicyTrouble>> {
  const isLink = async () => {
    const found = await Promise.all([path, dirname(path)].map((each) => nodeFileSystem.lstat(each)));
    return found.some((status) => status.isSymbolicLink());
  };
  if (await isLink()) return failed({ kind: 'not_administrators' });
  const trusted = await isAdministrators(path);
  if (trusted === null) return failed({ kind: 'unchecked' });
  // Whoever made the folder may have put a link there meanwhile.
  return trusted && !(await isLink()) ? succeeded(null) : failed({ kind: 'not_administrators' });
}

function unread(error: unknown): Result<Buffer, PolicyTrouble> | null {
  const code = errorCode(error);
  if (code === null) throw error;
  return ['ENOENT', 'ENOTDIR'].includes(code) ? null : failed({ kind: 'unreadable' });
}

function parse(bytes: Uint8Array): Result<Policy, PolicyTrouble> {
  let json: unknown;
  try {
    // An editor of Windows puts a byte order mark first, which the decoder takes away.
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return failed({ kind: 'not_json' });
  }
  const parsed = content.safeParse(json);
  if (!parsed.success) return failed(troubleOf(parsed.error));
  const { service, port, language, furtherHosts, lookForNewVersions, signInHelp } = parsed.data;
  const { text = null, contact = null } = signInHelp ?? {};
  return succeeded({
    service: service ?? null,
    port: port ?? null,
    language: language ?? null,
    furtherHosts: furtherHosts ?? null,
    lookForNewVersions: lookForNewVersions ?? null,
    signInHelp: signInHelp ? { text, contact } : null,
  });
}

/** The first thing that is wrong; the value itself is not repeated, for it may be anything. */
function troubleOf({ issues: [issue] }: z.ZodError): PolicyTrouble {
  const path = issue?.path.map(String) ?? [];
  if (issue?.code === 'unrecognized_keys') {
    return { kind: 'unknown_key', key: [...path, issue.keys[0] ?? ''].join('.').slice(0, 80) };
  }
  return path.length === 0 ? { kind: 'not_json' } : { kind: 'bad_value', key: path.join('.').slice(0, 80) };
}
