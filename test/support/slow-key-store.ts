import type {
  KeyStoreCall,
  KeyStoreReply,
  KeyStoreSession,
} from '../../electron/adapters/key-store-process.ts';

/** A key store whose answers wait until the test gives them, as they do while a prompt is on the screen. */
export class SlowKeyStore {
  readonly #waiting: { readonly call: KeyStoreCall; readonly answer: (reply: KeyStoreReply) => void }[] = [];
  opened = 0;
  ended = 0;

  readonly open = (): KeyStoreSession => {
    this.opened += 1;
    return {
      call: (call) => new Promise((answer) => this.#waiting.push({ call, answer })),
      end: () => {
        this.ended += 1;
        for (const { answer } of this.#waiting.splice(0)) answer({ kind: 'broken', detail: 'broken off' });
      },
    };
  };

  /** The calls that wait for an answer. */
  get calls(): readonly KeyStoreCall[] {
    return this.#waiting.map(({ call }) => call);
  }

  answer(reply: KeyStoreReply): void {
    this.#waiting.shift()?.answer(reply);
  }
}
