import { describe, expect, it } from 'vitest';
import { isAdministratorsAlone } from '../../electron/adapters/windows-access.ts';
import { areAdministratorsAlone, writtenByAdministrators } from '../../electron/adapters/windows-owner.ts';

/** As the command of docs/administrators.md leaves the folder, and what is put into it. */
const folder = 'O:BAG:SYD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)';
const file = 'O:BAG:SYD:AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;0x1200a9;;;BU)';

describe('what Windows says of a file', () => {
  it('is administrators’ alone where they own it, and others may read at most', () => {
    for (const sddl of [
      folder,
      file,
      'O:SYD:P',
      'O:S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464G:SYD:(A;;FRFX;;;BU)(A;;GR;;;WD)',
      'O:BAD:(A;OICIIO;GA;;;CO)(A;;FA;;;SY)(D;;FA;;;WD)',
    ]) {
      expect(isAdministratorsAlone(sddl), sddl).toBe(true);
    }
  });

  it.each([
    ['nothing', ''],
    ['another owner', file.replace('O:BA', 'O:S-1-5-21-1-2-3-1001')],
    ['an owner’s name', file.replace('O:BA', 'O:BUILTIN\\Administrators')],
    ['a list that gives everything', file.replace(/\(.*/, '(A;;FA;;;WD)')],
    ['users who may modify it', `${file}(A;;0x1301bf;;;BU)`],
    ['users who may write it', `${file}(A;;FW;;;BU)`],
    ['users who may add files, as ProgramData hands it down', `${folder}(A;CIID;DCLCRPCR;;;BU)`],
    ['users who may delete it', `${file}(A;;SD;;;BU)`],
    ['users who may write its list', `${file}(A;;WD;;;S-1-5-21-1-2-3-1001)`],
    ['users who may take it', `${file}(A;;WO;;;AU)`],
    ['generic rights', `${file}(A;;GW;;;WD)`],
    ['a right that is not known', `${file}(A;;ZZ;;;WD)`],
    ['a condition', `${file}(XA;;FA;;;WD;(@User.Title=="x"))`],
    ['no list at all', 'O:BAG:SYD:NO_ACCESS_CONTROL'],
    ['no list named', 'O:BAG:SY'],
  ])('is not with %s', (_what, sddl) => {
    expect(isAdministratorsAlone(sddl)).toBe(false);
  });

  it('has to be so of the folder and of the file', () => {
    expect(areAdministratorsAlone(`${folder}\r\n${file}\r\n`)).toBe(true);
    expect(areAdministratorsAlone(`${folder}(A;;FW;;;BU)\r\n${file}\r\n`)).toBe(false);
    for (const other of ['', file, `${folder}\n${file}\n${file}`]) {
      expect(areAdministratorsAlone(other)).toBe(false);
    }
  });

  it('W8 is not known where the system does not answer', async () => {
    expect(await writtenByAdministrators('/nonexistent/policy.json')).toBeNull();
  });
});
