import { describe, expect, it } from 'vitest';
import { strictText } from '../../electron/cli/strict-text.ts';

describe('bytes as text', () => {
  it.each([
    ['Latin-1', Buffer.from('p\u00e9', 'latin1')],
    ['UTF-16', Buffer.from('\ufeffcorrect horse\r\n', 'utf16le')],
    ['UTF-16 without its mark', Buffer.from('correct horse\r\n', 'utf16le')],
    ['with a NUL', Buffer.from('correct\0horse')],
  ])('X6 are none where they are %s', (_, bytes) => {
    expect(strictText(bytes)).toBeNull();
  });

  it('X6 are read without the mark of UTF-8', () => {
    expect(strictText(Buffer.from('\ufeffčorrect “horse”'))).toBe('čorrect “horse”');
  });
});
