import type { SetupFailure, UnwritableReason } from '../contract/failures.ts';
import { failed, succeeded, type Result } from '../contract/result.ts';
import { Elapsed, type Clock } from './clock.ts';
import type { Tool, ToolStore } from './ports.ts';

export type ToolFailure = Extract<
  SetupFailure,
  { code: 'bad_tool_name' | 'tool_exists' | 'unknown_tool' | 'tools_unwritable' }
>;

/** A tool to be. `digest`: the SHA-256 of its key in base64url; the key itself never comes here. */
export interface NewTool {
  readonly name: string;
  readonly digest: string;
  /** Milliseconds until its key ends; null: it does not. */
  readonly endsInMs: number | null;
  readonly proxyOnly: boolean;
  readonly account: string | null;
}

/** A key with the time that is left to it: counted from when it is known, so that no clock set back prolongs it. */
interface OpeningKey {
  readonly tool: Tool;
  readonly since: Elapsed;
  /** Milliseconds; Infinity: it has no end. */
  readonly forMs: number;
}

const toolName = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** The tools with keys of their own. Changes take their turn, so of two that add a name at once one is refused. */
export class Tools {
  readonly #store: ToolStore;
  readonly #clock: Clock;
  readonly #changed: () => void;
  #tools: readonly Tool[] = [];
  #byDigest = new Map<string, OpeningKey>();
  /** Digests of keys that open nothing any more, whatever is still in the file. */
  readonly #shutOut = new Set<string>();
  /** Removed, but still in the file. */
  readonly #unsavedRemovals = new Set<Tool>();
  #unread: UnwritableReason | null = null;
  #lastChange: Promise<unknown> = Promise.resolve();

  /** `changed`: called after the list has changed. */
  constructor(store: ToolStore, clock: Clock, changed: () => void) {
    this.#store = store;
    this.#clock = clock;
    this.#changed = changed;
  }

  /** Reads them. A list that cannot be read is never written over: until it can be, no key but the owner's opens. */
  async open(): Promise<Result<null, UnwritableReason>> {
    const read = await this.#store.read();
    this.#unread = read.ok ? null : read.failure;
    if (!read.ok) return read;
    this.#take(read.value);
    return succeeded(null);
  }

  /** In the order in which they were added; those too whose time is over. */
  list(): readonly Tool[] {
    return this.#tools;
  }

  /** The tool of a key, by the key's SHA-256 in base64url; null: none, or its time is over. */
  byDigest(digest: string): Tool | null {
    const key = this.#byDigest.get(digest);
    return key && !this.#shutOut.has(digest) && key.since.ms() < key.forMs ? key.tool : null;
  }

  /** Adds a tool; its key opens once it is saved. */
  add(tool: NewTool): Promise<Result<null, ToolFailure>> {
    if (!toolName.test(tool.name)) return Promise.resolve(failed({ code: 'bad_tool_name' }));
    return this.#change(async () => {
      const unread = await this.#stillUnread();
      if (unread !== null) return failed({ code: 'tools_unwritable', reason: unread });
      if (this.#named(tool.name)) return failed({ code: 'tool_exists', tool: tool.name });
      const { endsInMs, ...kept } = tool;
      const now = this.#clock.wallNow();
      const added = { ...kept, addedAt: now, expiresAt: endsInMs === null ? null : now + endsInMs };
      return this.#save([...this.#tools, added]);
    });
  }

  /** Removes a tool: its key is refused from the next request on, also where that cannot be saved. */
  revoke(name: string): Promise<Result<null, ToolFailure>> {
    const shutOut = this.#named(name);
    if (shutOut) this.#shutOut.add(shutOut.digest);
    return this.#change(async () => {
      const unread = await this.#stillUnread();
      if (unread !== null) return failed({ code: 'tools_unwritable', reason: unread });
      const tool = this.#named(name);
      if (!tool) return failed({ code: 'unknown_tool', tool: name });
      this.#unsavedRemovals.add(tool);
      this.#shutOut.add(tool.digest);
      return this.#save(this.#tools.filter((one) => one !== tool));
    });
  }

  #named(name: string): Tool | undefined {
    return this.#tools.find((tool) => tool.name === name);
  }

  /** Why the list cannot be read, tried once more before it is changed; null: it can. */
  async #stillUnread(): Promise<UnwritableReason | null> {
    if (this.#unread !== null) await this.open();
    return this.#unread;
  }

  #change(work: () => Promise<Result<null, ToolFailure>>): Promise<Result<null, ToolFailure>> {
    const change = this.#lastChange.then(work);
    this.#lastChange = change;
    return change;
  }

  async #save(tools: readonly Tool[]): Promise<Result<null, ToolFailure>> {
    const kept = tools.filter((tool) => !this.#unsavedRemovals.has(tool));
    const written = await this.#store.write(kept);
    if (!written.ok) return failed({ code: 'tools_unwritable', reason: written.failure });
    this.#unsavedRemovals.clear();
    this.#take(kept);
    return succeeded(null);
  }

  #take(tools: readonly Tool[]): void {
    this.#tools = tools;
    const known = this.#byDigest;
    this.#byDigest = new Map(
      tools.map((tool) => [tool.digest, known.get(tool.digest) ?? openingKey(tool, this.#clock)]),
    );
    this.#changed();
  }
}

/** A key added in the future comes from a clock that was wrong: it gets no more than the term that it was given. */
function openingKey(tool: Tool, clock: Clock): OpeningKey {
  const { addedAt, expiresAt } = tool;
  const forMs = expiresAt === null ? Infinity : Math.min(expiresAt - clock.wallNow(), expiresAt - addedAt);
  return { tool, since: Elapsed.fromNow(clock), forMs };
}
