import { join } from 'node:path';
import { z } from 'zod';
import type { UnwritableReason } from '../contract/failures.ts';
import { homeFiles } from '../contract/home.ts';
import { failed, succeeded, type Result } from '../contract/result.ts';
import type { Log, Tool, ToolStore } from '../core/ports.ts';
import { replaceFile } from './atomic-file.ts';
import { readPrivateFile } from './private-file.ts';
import { moveAside, type AsideParts } from './set-aside.ts';

const time = z.iso.datetime({ offset: true });

const toolsFile = z.strictObject({
  version: z.literal(1),
  tools: z.array(
    z.strictObject({
      name: z.string().min(1),
      /** base64url of 32 bytes. */
      sha256: z.string().regex(/^[\w-]{43}$/),
      added_at: time,
      expires_at: time.nullable(),
      proxy_only: z.boolean(),
      account: z.string().min(1).nullable(),
    }),
  ),
});

type FileContent = z.infer<typeof toolsFile>;

const laterVersion = z.looseObject({ version: z.int().min(2) });

export interface FileToolsParts extends AsideParts {
  readonly home: string;
  readonly log: Log;
}

/**
 * The tools in `tools.json`: names, limits and the SHA-256 of their keys. A file that cannot be a list of tools is
 * moved aside; one of a later version, or one that cannot be read, is left as it is and fails.
 */
export class FileTools implements ToolStore {
  readonly #parts: FileToolsParts;
  readonly #path: string;

  constructor(parts: FileToolsParts) {
    this.#parts = parts;
    this.#path = join(parts.home, homeFiles.tools);
  }

  async read(): Promise<Result<readonly Tool[], UnwritableReason>> {
    const { log } = this.#parts;
    const read = await readPrivateFile(this.#path, this.#parts);
    if (read.kind === 'absent') return succeeded([]);
    if (read.kind === 'failed') return failed(read.reason);
    const content = read.kind === 'content' ? parseJson(read.bytes) : undefined;
    if (laterVersion.safeParse(content).success) return failed('newer_version');
    const tools = toolsFile.safeParse(content).data?.tools.map(toolOf);
    if (tools && !hasTwice(tools)) return succeeded(tools);
    const moved = await moveAside(this.#path, 'corrupt', this.#parts);
    log.warn('tools_set_aside', moved.ok ? { keptAs: moved.value } : { reason: moved.failure });
    return moved.ok ? succeeded([]) : moved;
  }

  write(tools: readonly Tool[]): Promise<Result<null, UnwritableReason>> {
    const content: FileContent = { version: 1, tools: tools.map(lineOf) };
    const bytes = Buffer.from(`${JSON.stringify(content, null, 2)}\n`);
    return replaceFile(this.#path, bytes, this.#parts);
  }
}

function toolOf(line: FileContent['tools'][number]): Tool {
  return {
    name: line.name,
    digest: line.sha256,
    addedAt: Date.parse(line.added_at),
    expiresAt: line.expires_at === null ? null : Date.parse(line.expires_at),
    proxyOnly: line.proxy_only,
    account: line.account,
  };
}

function lineOf(tool: Tool): FileContent['tools'][number] {
  return {
    name: tool.name,
    sha256: tool.digest,
    added_at: new Date(tool.addedAt).toISOString(),
    expires_at: tool.expiresAt === null ? null : new Date(tool.expiresAt).toISOString(),
    proxy_only: tool.proxyOnly,
    account: tool.account,
  };
}

function hasTwice(tools: readonly Tool[]): boolean {
  return (
    new Set(tools.map(({ name }) => name)).size < tools.length ||
    new Set(tools.map(({ digest }) => digest)).size < tools.length
  );
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
