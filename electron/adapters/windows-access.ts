/** SYSTEM, the Administrators, TrustedInstaller (Microsoft, "Well-known SIDs" and "SID Strings"). */
const administrators: readonly string[] = [
  'SY',
  'BA',
  'S-1-5-18',
  'S-1-5-32-544',
  'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464',
];

/**
 * What changes a file, or what lies in a folder: writing or adding, deleting, another list or owner (Microsoft, "File
 * Access Rights Constants"); and the generic rights that stand for them.
 */
const changing = 0x500d_0156;

/** The rights that SDDL writes as letters, as bits (Microsoft, "ACE Strings"). */
const letters: Readonly<Record<string, number>> = {
  ...{ CC: 0x1, DC: 0x2, LC: 0x4, SW: 0x8, RP: 0x10, WP: 0x20, DT: 0x40, LO: 0x80, CR: 0x100 },
  ...{ SD: 0x1_0000, RC: 0x2_0000, WD: 0x4_0000, WO: 0x8_0000 },
  ...{ FA: 0x1f_01ff, FR: 0x12_0089, FW: 0x12_0116, FX: 0x12_00a0 },
  ...{ GA: 0x1000_0000, GX: 0x2000_0000, GW: 0x4000_0000, GR: 0x8000_0000 },
};

/**
 * Whether a file or a folder belongs to an administrator and nobody else may change it, by its security descriptor in
 * words (Microsoft, "Security Descriptor String Format"). What is not understood is no.
 */
export function isAdministratorsAlone(sddl: string): boolean {
  const parts =
    /^O:(?<owner>[A-Z]{2}|S-[\d-]+)(?:G:(?:[A-Z]{2}|S-[\d-]+))?D:[A-Z]*(?<list>(?:\([^()]*\))*)$/.exec(
      sddl.trim(),
    )?.groups;
  // No list, which gives everybody everything, is not of this form.
  if (!parts || !administrators.includes(parts['owner'] ?? '')) return false;
  return Array.from((parts['list'] ?? '').matchAll(/\(([^()]*)\)/g), ([, entry]) => entry ?? '').every(
    isHarmless,
  );
}

function isHarmless(entry: string): boolean {
  const [type, flags = '', rights = '', , , who = ''] = entry.split(';');
  if (type === 'D' || administrators.includes(who)) return true;
  // An entry for what is made in a folder later says nothing of the folder; the file has a list of its own.
  if (/^(?:[A-Z]{2})*?IO(?:[A-Z]{2})*$/.test(flags)) return true;
  return type === 'A' && (bitsOf(rights) & changing) === 0;
}

/** All of them, where they are not understood. */
function bitsOf(rights: string): number {
  if (/^0x[\da-f]{1,8}$/i.test(rights)) return Number(rights);
  if (!/^(?:[A-Z]{2})*$/.test(rights)) return changing;
  return Array.from(rights.matchAll(/../g), ([pair]) => pair).reduce(
    (bits, letter) => bits | (letters[letter] ?? changing),
    0,
  );
}
