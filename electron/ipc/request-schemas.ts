import { z } from 'zod';
import type { RequestName, Requests } from '../contract/bridge.ts';
import { snippetLanguages } from '../contract/snippets.ts';
import { clipboardChoices, type Choice, type Choices } from '../contract/window-pages.ts';

/** More than any password, user name or address has; what is longer is a mistake or an attack. */
const text = z.string().max(4_096);

const nothing = z.tuple([]);

const choices: { readonly [Name in keyof Choices]: z.ZodType<Choices[Name]> } = {
  alwaysFresh: z.boolean(),
  notifications: z.boolean(),
  language: z.enum(['system', 'en', 'ar']),
  appearance: z.enum(['system', 'light', 'dark']),
  clipboardSeconds: z.literal(clipboardChoices),
  port: z.int().min(1).max(65_535).nullable(),
  pauseOnScreenLock: z.boolean(),
  programsOfThisUser: z.boolean(),
  lookForNewVersions: z.boolean(),
};

const choice = z.union(
  Object.entries(choices).map(([name, value]) => z.strictObject({ name: z.literal(name), value })),
) as z.ZodType<Choice>;

/** What each request's arguments must look like; whatever else comes from a window is refused. */
export const requestSchemas: {
  readonly [Name in RequestName]: z.ZodType<Requests[Name]['args']>;
} = {
  getView: nothing,
  signIn: z.tuple([
    z.strictObject({
      username: text,
      password: text,
      service: text,
      form: z.enum(['basic', 'json']),
    }),
  ]),
  cancelSignIn: nothing,
  signOut: nothing,
  copyToken: nothing,
  renewNow: nothing,
  getOneNow: nothing,
  tryAgain: nothing,
  pauseTools: z.tuple([z.int().min(1).max(86_400)]),
  resumeTools: nothing,
  showAccount: z.tuple([text]),
  chooseStorage: z.tuple([z.enum(['memory', 'keep'])]),
  startAtLogin: z.tuple([z.boolean()]),
  restart: nothing,
  dismissTrayHint: nothing,
  formHoldsText: z.tuple([z.boolean()]),
  hideWindow: nothing,
  getTools: nothing,
  removeTool: z.tuple([text]),
  connectTool: z.tuple([text]),
  copySnippet: z.tuple([z.enum([...snippetLanguages, 'oauth'])]),
  tryTool: nothing,
  endConnecting: nothing,
  chooseDefaultAccount: z.tuple([text]),
  copyAddress: nothing,
  getActivity: nothing,
  getSettings: nothing,
  choose: z.tuple([choice]),
  checkSetup: nothing,
  copySupportDetails: nothing,
  getLicences: nothing,
  takeNewVersion: nothing,
};
