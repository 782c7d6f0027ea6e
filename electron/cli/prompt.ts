import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { strictText } from './strict-text.ts';
import { tell } from './output.ts';

/** What a person typed. `cancelled`: Ctrl-C, Ctrl-D or a hang-up. `not_text`: it was not UTF-8. */
export type Typed =
  | { readonly kind: 'typed'; readonly text: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'not_text' };

/** Asks on standard error and reads a line from the terminal; `hidden` shows nothing of it. */
export function askPerson(question: string, { hidden }: { readonly hidden: boolean }): Promise<Typed> {
  const { stdin } = process;
  const typed: Buffer[] = [];
  const keep = (chunk: Buffer) => void typed.push(chunk);
  // Before readline's own, which decodes loosely.
  stdin.on('data', keep);
  let shown = true;
  const screen = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (shown) process.stderr.write(chunk);
      done();
    },
  });
  // As a terminal, wherever standard error goes: what is typed is never echoed by the system.
  const lines = createInterface({ input: stdin, output: screen, terminal: true, historySize: 0 });
  const { promise, resolve } = Promise.withResolvers<Typed>();
  lines.once('line', (text) => {
    const isText = strictText(Buffer.concat(typed)) !== null;
    resolve(isText ? { kind: 'typed', text } : { kind: 'not_text' });
    lines.close();
  });
  lines.once('SIGINT', () => lines.close());
  // Ctrl-D closes it as well; a line that came before has settled it.
  lines.once('close', () => resolve({ kind: 'cancelled' }));
  lines.once('error', () => lines.close());
  lines.setPrompt(question);
  lines.prompt();
  shown = !hidden;
  return promise.then((answer) => {
    stdin.off('data', keep);
    if (hidden || answer.kind === 'cancelled') tell('');
    return answer;
  });
}
