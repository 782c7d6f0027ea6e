import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commands } from '../../electron/cli/commands.ts';
import { readWithHelp } from '../../electron/cli/helpful-reader.ts';
import { flagOf, optionForms } from '../../electron/cli/option-forms.ts';
import { readPlainCall } from '../../electron/cli/plain-reader.ts';

const flags = Object.keys(optionForms).map((name) => `--${flagOf(name)}`);
const words = [
  ...flags,
  ...flags.map((flag) => `${flag}=1h`),
  ...[
    'basic',
    '60',
    '99999999',
    '1h',
    '',
    '-',
    '--',
    '-x',
    '--help',
    '--no-json',
    'NAME',
    'add',
    'token',
    'a b',
    'ä',
  ],
];
const argv = fc
  .tuple(fc.constantFrom(...Object.keys(commands)), fc.array(fc.constantFrom(...words), { maxLength: 5 }))
  .map(([command, rest]) => [...command.split(' '), ...rest]);

/** What was written to the two streams. */
class Said {
  stdout = '';
  stderr = '';
  readonly write = (to: 1 | 2, text: string): boolean => {
    if (to === 1) this.stdout += text;
    else this.stderr += text;
    return true;
  };
}

describe('the two readers of the command line', () => {
  it('never differ: what the quick one takes, the helpful one takes in the same sense', () => {
    let understood = 0;
    fc.assert(
      fc.property(argv, (call) => {
        const plain = readPlainCall(call);
        if (plain === null) return;
        understood += 1;
        const reading = readWithHelp(call, () => true);
        expect(reading).toEqual({ kind: 'call', call: plain });
      }),
      { numRuns: 1500 },
    );
    expect(understood).toBeGreaterThan(100);
  });
});

describe('a call of the command line', () => {
  it.each(Object.entries(commands).flatMap(([name, { examples }]) => examples.map(([call]) => [name, call])))(
    'example of %s is read by the quick reader: %s',
    (name, example) => {
      const call = example.replace(/ [<>|] .*/, '').split(' ');
      expect(readPlainCall(call)?.command).toBe(commands[name]);
    },
  );

  it('may begin with what every command understands', () => {
    expect(readPlainCall(['--home', '/h', 'status', '--json'])).toBeNull();
    expect(readWithHelp(['--home', '/h', 'status', '--json'])).toMatchObject({
      kind: 'call',
      call: { command: commands['status'], options: { home: '/h', json: true } },
    });
  });

  it('ends where the command to run begins: its options are its own, with -- or without', () => {
    const call = {
      command: commands['exec'],
      options: { env: 'X', operands: ['curl', '--json', '--', '-v'] },
    };
    expect(readPlainCall(['exec', '--env', 'X', '--', 'curl', '--json', '--', '-v'])).toEqual(call);
    expect(readWithHelp(['exec', '--env', 'X', 'curl', '--json', '--', '-v'])).toEqual({
      kind: 'call',
      call,
    });
  });

  it.each([
    [['token', '--colour'], '--colour'],
    [['token', '--min-ttl', 'soon'], 'at most a day'],
    [['token', '--min-ttl', '86401'], 'at most a day'],
    [['agent', '--port', '70000'], '65535'],
    [['agent', '--login', 'digest'], 'basic or json'],
    [['status', '--home', ''], 'path of a folder'],
    [['status', 'twice'], 'status'],
    [['tokn'], 'token'],
    [['exec', '--env', 'A=B', '--', 'true'], 'name of an environment variable'],
    [['exec', '--'], 'command'],
    [['activity', '--since', '7'], '7d'],
    [['activity', '--since', '91d'], '90d'],
    [['tools', 'add'], 'name'],
    [['tools', 'add', 'a', '--expires', 'soon'], '8h'],
    [['tools', 'lose', 'a'], 'tools'],
    [['accounts', 'default'], 'account'],
    [[], 'Usage'],
  ])('that is wrong is told why: %j', (call, words) => {
    const said = new Said();
    expect(readPlainCall(call)).toBeNull();
    expect(readWithHelp(call, said.write)).toEqual({ kind: 'told', exitCode: 2 });
    expect(said.stdout).toBe('');
    expect(said.stderr).toContain(words);
    expect(said.stderr).not.toMatch(/invalid|error:/);
  });

  it.each(Object.keys(commands))('can be asked for help, which teaches by example: %s', (name) => {
    const said = new Said();
    expect(readWithHelp([...name.split(' '), '--help'], said.write)).toEqual({ kind: 'told', exitCode: 0 });
    expect(said.stderr).toBe('');
    expect(said.stdout).toContain(`\nExamples:\n  token-tray ${commands[name]?.examples[0]?.[0] ?? '?'}\n`);
    expect(said.stdout).toContain('--home <dir>');
  });
});
