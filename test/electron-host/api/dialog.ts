import type { MessageBoxOptions, MessageBoxReturnValue } from 'electron';
import type { OpenDialog } from '../control/calls.ts';
import { onControl } from '../control/control-channel.ts';
import { needsReady } from './readiness.ts';

interface Asked extends OpenDialog {
  answer(value: MessageBoxReturnValue): void;
}

const open: Asked[] = [];

function ask(options: MessageBoxOptions): Promise<MessageBoxReturnValue> {
  needsReady('dialog module can only be used after app is ready');
  const { type = 'none', title = '', message, detail = '', buttons = ['OK'] } = options;
  return new Promise((resolve) => {
    const asked: Asked = {
      type,
      title,
      message,
      detail,
      buttons,
      answer(value) {
        open.splice(open.indexOf(asked), 1);
        resolve(value);
      },
    };
    open.push(asked);
    const { signal } = options;
    const cancel = () => asked.answer({ response: options.cancelId ?? 0, checkboxChecked: false });
    if (signal?.aborted === true) cancel();
    else signal?.addEventListener('abort', cancel, { once: true });
  });
}

/** `electron.dialog`: message boxes that stay open until the test answers. The synchronous ones are absent. */
export const dialog = {
  showMessageBox(
    first: object,
    second: MessageBoxOptions = first as MessageBoxOptions,
  ): Promise<MessageBoxReturnValue> {
    return ask(second);
  },
  showErrorBox(title: string, content: string): void {
    void ask({ type: 'error', title, message: content });
  },
};

onControl('dialogs.list', () =>
  open.map(({ type, title, message, detail, buttons }) => ({ type, title, message, detail, buttons })),
);
onControl('dialogs.answer', (button, checkboxChecked) => {
  const [asked] = open;
  const response = asked?.buttons.indexOf(button) ?? -1;
  if (asked === undefined || response < 0) throw new Error(`No dialog has a button ${button}.`);
  // The test is answered first: the app may end of this.
  setImmediate(() => asked.answer({ response, checkboxChecked }));
});
