// Each folder's name is its import permission. The table of docs/architecture.md, as errors.
const rooms = {
  'electron/contract': [],
  'electron/core': ['electron/contract'],
  'electron/adapters': ['electron/core', 'electron/contract'],
  'electron/endpoint': ['electron/core', 'electron/contract'],
  'electron/ipc': ['electron/core', 'electron/contract'],
  'electron/desktop': ['electron/core', 'electron/contract'],
  'electron/preload': ['electron/contract'],
  'electron/cli': ['electron/contract'],
  renderer: ['electron/contract'],
};
const inside = (room) => `^${room}/`;
const roomRules = Object.entries(rooms).map(([room, allowed]) => ({
  name: `${room.replace('electron/', '')}-imports-only-what-its-name-allows`,
  severity: 'error',
  from: {
    path: inside(room),
    ...(room === 'electron/cli' && { pathNot: '^electron/cli/(agent|connection|doctor)[.]ts$' }),
  },
  to: { path: '^(electron|packaging|renderer|test|scripts)/', pathNot: [room, ...allowed].map(inside) },
}));

module.exports = {
  forbidden: [
    ...roomRules,
    {
      name: 'only-cli-agent-reaches-the-agent',
      severity: 'error',
      from: { path: '^electron/cli/agent[.]ts$' },
      to: {
        path: '^(electron|packaging|renderer|test|scripts)/',
        pathNot: ['^electron/(cli|contract)/', '^electron/agent[.]ts$'],
      },
    },
    {
      name: 'only-cli-doctor-reaches-the-doctor',
      severity: 'error',
      from: { path: '^electron/cli/doctor[.]ts$' },
      to: {
        path: '^(electron|packaging|renderer|test|scripts)/',
        pathNot: ['^electron/(cli|contract)/', '^electron/doctor[.]ts$'],
      },
    },
    {
      name: 'only-cli-connection-looks-for-the-owner',
      severity: 'error',
      from: { path: '^electron/cli/connection[.]ts$' },
      to: {
        path: '^(electron|packaging|renderer|test|scripts)/',
        pathNot: ['^electron/(cli|contract)/', '^electron/owner-look[.]ts$'],
      },
    },
    {
      name: 'contract-and-core-know-no-platform',
      severity: 'error',
      from: { path: '^electron/(contract|core)/' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer'] },
    },
    {
      name: 'electron-only-where-it-belongs',
      severity: 'error',
      from: {
        pathNot:
          '^(electron/(main[.]ts|tray-[a-z]+[.]ts|desktop/|ipc/|preload/|adapters/safe-storage)|scripts/electron-binary|test/)',
      },
      to: { path: '^(node_modules/)?electron(/|$)', dependencyTypesNot: ['local'] },
    },
    {
      // In Node the package is only where its program lies.
      name: 'tests-know-electron-by-its-types-alone',
      severity: 'error',
      from: { path: '^test/' },
      to: { path: '^(node_modules/)?electron(/|$)', dependencyTypesNot: ['local', 'type-only'] },
    },
    {
      name: 'product-never-imports-tests',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
    {
      name: 'packaging-stands-alone',
      severity: 'error',
      from: { path: '^packaging/' },
      to: { path: '^(electron|renderer|test|scripts)/' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['[.]d[.]ts$', '[.](c|m)?js$'] },
      to: {},
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
