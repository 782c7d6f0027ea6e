import type { Failure } from '../contract/failures.ts';
import type { Result } from '../contract/result.ts';
import { Accounts } from './accounts.ts';
import { Activity } from './activity.ts';
import { Pause } from './pause.ts';
import type { LedgerHistory } from './ledger.ts';
import type { ToolStore } from './ports.ts';
import { SessionFactory, type SessionFactoryParts } from './session-factory.ts';
import { ToolUsage } from './tool-usage.ts';
import { Tools } from './tools.ts';

export interface CoreParts extends SessionFactoryParts {
  readonly toolStore: ToolStore;
  /** What the ledger remembers; null: it cannot be read. */
  readonly history: LedgerHistory | null;
  /** The service that a sign-in goes to when it names none. */
  readonly defaultService: string;
  readonly parseService: (address: string) => Result<string, Failure>;
  /** Called after each change of what a person is shown, but for the passing of time and tools' requests. */
  readonly changed: () => void;
  /** See `AccountsParts.signedOut`. */
  readonly signedOut: (account: string) => Promise<void>;
}

/** What a program that owns a home serves tools and people with. */
export interface Core {
  readonly accounts: Accounts;
  readonly tools: Tools;
  readonly activity: Activity;
  readonly pause: Pause;
  /** Its `wake` is told when the computer woke up. */
  readonly sessions: SessionFactory;
}

/** Puts core together; nothing is read or begun before `accounts.open` and `tools.open`. */
export function assembleCore(parts: CoreParts): Core {
  const { vault, ledger, settings, clock, history, toolStore, defaultService, parseService } = parts;
  const { changed, signedOut } = parts;
  const usage = new ToolUsage(ledger, clock);
  usage.recall(history?.requests ?? []);
  const pause = new Pause(settings, clock, changed);
  const sessions = new SessionFactory(parts, history?.entries ?? null);
  return {
    accounts: new Accounts({
      vault,
      settings,
      sessions,
      pause,
      usage,
      clock,
      defaultService,
      parseService,
      changed,
      signedOut,
    }),
    tools: new Tools(toolStore, clock, changed),
    activity: new Activity(ledger, usage, clock),
    pause,
    sessions,
  };
}
