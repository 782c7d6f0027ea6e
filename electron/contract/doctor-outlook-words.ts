import { clockText } from './clock-text.ts';
import type { NoTokenReason, OutlookFinding, WhyNoToken, WordsFor } from './doctor-findings.ts';
import type { ProblemReason } from './problems.ts';

type Words = readonly [clause: string, remedy: string];

const offlineWords: Readonly<Record<ProblemReason, Words>> = {
  network: ['the service cannot be reached', 'Check the network; Token Tray tries again by itself.'],
  proxy: ['the proxy does not open a connection to the service', 'Check the proxy’s address and account.'],
  certificate: [
    'the service’s certificate is not trusted',
    'Check the network and the service’s address; below is what the certificate lacks.',
  ],
  clock: [
    'by this computer’s clock the service’s certificate is not valid',
    'Check this computer’s date and time.',
  ],
  uncertain: [
    'the last renewal got no usable answer, so Token Tray waits before it asks again',
    'Wait; Token Tray tries again by itself when a tool needs a token.',
  ],
  store: [
    'new tokens cannot be recorded, so one an hour is made at most',
    'Correct what is said of ledger.jsonl.',
  ],
  waking: ['this computer has just woken up', 'Wait a moment; Token Tray tries again by itself.'],
};

const signIn = 'Sign in with: token-tray login';

const whyWords: Readonly<Record<Exclude<NoTokenReason, 'offline'>, Words>> = {
  no_account: ['no account is signed in', signIn],
  signed_out: ['it is signed out', signIn],
  signing_in: ['a sign-in is in progress', 'Wait until it is done and check again.'],
  needs_sign_in: ['the service ended the session', `Sign in again with: token-tray login`],
  suspended: [
    'the service has suspended the account',
    'Ask the service to lift the suspension, then run: token-tray login',
  ],
  paused: ['tools are paused', 'End the pause with: token-tray resume'],
  service_error: ['the service answered with an error', 'Try again in a minute.'],
  rate_limited: ['the service says that there were too many requests', 'Wait until then.'],
  budget_exhausted: [
    'the budget of new tokens is used up, which protects the account',
    'Wait until then; token-tray activity shows which tools ask so often.',
  ],
  locked: [
    'its stored session is locked',
    'Unlock this computer’s key store, or start with the right TOKEN_TRAY_PASSPHRASE.',
  ],
  not_saved: [
    'the last answer of the service could not be saved and would be lost',
    'Free some space, or make the folder writable; Token Tray keeps trying while it runs.',
  ],
};

/** The words for what a tool would get now. */
export const outlookWords: WordsFor<OutlookFinding> = {
  tool_gets_token: ({ account, until }) => [
    `A tool that asks now gets a token for ${account}, valid until ${clock(until)}.`,
    null,
  ],
  tool_gets_new_token: ({ account }) => [
    `A tool that asks now gets a token for ${account}: Token Tray renews it first.`,
    null,
  ],
  token_not_renewed: ({ account, until, ...why }) => [
    `Tools get the token for ${account} until ${clock(until)}; it is not renewed now: ${clauseOf(why)}.`,
    remedyOf(why),
  ],
  token_ends: ({ account, until, ...why }) => [
    `Tools get the token for ${account} until ${clock(until)} and none after that: ${clauseOf(why)}.`,
    remedyOf(why),
  ],
  tool_gets_nothing: ({ account, ...why }) => [
    `A tool that asks now gets no token${account === null ? '' : ` for ${account}`}: ${clauseOf(why)}.`,
    remedyOf(why),
  ],
  programs_off: () => [
    'Only tools with a key of their own get a token: “Programs of this user” is off.',
    'Turn it on under Tools if the programs of this user should get one too.',
  ],
  no_key_served: () => [
    'No program gets a token: “Programs of this user” is off, and no tool has a key.',
    'Turn it on under Tools, or add a tool with: token-tray tools add NAME',
  ],
};

function clauseOf({ why, reason, retryAt }: WhyNoToken): string {
  const [clause] = wordsOf({ why, reason });
  return retryAt === null ? clause : `${clause} (until ${clock(retryAt)})`;
}

function remedyOf(why: WhyNoToken): string {
  return wordsOf(why)[1];
}

function wordsOf({ why, reason }: Pick<WhyNoToken, 'why' | 'reason'>): Words {
  return why === 'offline' ? offlineWords[reason ?? 'network'] : whyWords[why];
}

function clock(time: string): string {
  return clockText(Date.parse(time), 'en');
}
