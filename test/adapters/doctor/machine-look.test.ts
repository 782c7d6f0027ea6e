import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { certificatesFinding, nodeFinding } from '../../../electron/adapters/doctor/machine-look.ts';
import { neededNode } from '../../../electron/contract/node-version.ts';

describe('doctor', () => {
  it.each(['20.20.2', '22.12.0', '24.0.0', '24.4.1'])('P3 reports Node.js %s as too old', (version) => {
    expect(nodeFinding(version)).toEqual({ code: 'node_old', version, needed: '24.5' });
  });

  it.each(['24.5.0', '24.21.0', '25.0.0', '26.10.0'])('P3 accepts Node.js %s', (version) => {
    expect(nodeFinding(version)).toEqual({ code: 'node_good', version });
  });

  it('P3 asks for the Node.js that package.json asks for', () => {
    const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')) as {
      readonly engines: { readonly node: string };
      readonly devEngines: { readonly runtime: { readonly version: string } };
    };
    expect(manifest.engines.node).toBe(`>=${neededNode}.0`);
    expect(manifest.devEngines.runtime.version).toBe(manifest.engines.node);
  });

  it('P3 reports the system’s certificates as trusted only if Node.js took them', () => {
    expect(certificatesFinding({ kind: 'trusted', count: 140 })).toEqual({
      code: 'certificates_good',
      count: 140,
    });
    expect(certificatesFinding({ kind: 'refused', count: 140 })).toEqual({
      code: 'certificates_refused',
      count: 140,
    });
    expect(certificatesFinding({ kind: 'unreadable' })).toEqual({ code: 'certificates_unreadable' });
    expect(certificatesFinding({ kind: 'trusted', count: 0 })).toEqual({ code: 'certificates_unreadable' });
  });
});
