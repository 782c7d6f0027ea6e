import { askSessionBus, messageBus, type AskSessionBus } from './session-bus.ts';

/** The bus names of the key stores that Chromium asks (freedesktop_secret_key_provider.h). */
export const keyStoreServices = [
  'org.freedesktop.secrets',
  'org.kde.kwalletd',
  'org.kde.kwalletd5',
  'org.kde.kwalletd6',
] as const;

/**
 * Whether this Linux desktop has a key store: one is on the session bus, or the bus can start one. True also where
 * the bus cannot be asked: sealed sessions are not given up on a guess. False where there is no bus.
 */
export async function hasKeyStoreService(ask: AskSessionBus = askSessionBus): Promise<boolean> {
  for (const method of ['ListNames', 'ListActivatableNames']) {
    const answer = await ask({ ...messageBus, method, texts: [] });
    if (answer.kind === 'unknown') return true;
    if (answer.kind === 'answered' && namesIn(answer.text).some(isKeyStore)) return true;
  }
  return false;
}

/** Each of the three programs prints names in quotes of its own kind. */
function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/(["'])([^"']*)\1/g)].map(([, , name = '']) => name);
}

function isKeyStore(name: string): boolean {
  return (keyStoreServices as readonly string[]).includes(name);
}
