import type { Listener } from './listener.ts';

/** What `lsof -nP -iTCP:PORT -sTCP:LISTEN -Fpcn` says: a line a field, its first letter the field's name. */
export function parseLsof(text: string, port: number): readonly Listener[] {
  const listeners: Listener[] = [];
  let pid: number | null = null;
  let program: string | null = null;
  for (const line of text.split('\n')) {
    const value = line.slice(1);
    if (line.startsWith('p')) [pid, program] = [Number(value), null];
    if (line.startsWith('c')) program = value;
    const host = line.startsWith('n') && value.endsWith(`:${port}`) ? value.slice(0, -`:${port}`.length) : '';
    if (host !== '')
      listeners.push({ address: host === '*' ? '0.0.0.0' : host.replace(/^\[|\]$/g, ''), pid, program });
  }
  return listeners;
}
