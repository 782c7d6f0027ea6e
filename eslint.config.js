import eslint from '@eslint/js';
import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['out/', 'coverage/', 'node_modules/'] },
  eslint.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  ...vue.configs['flat/recommended'],
  // Prettier decides on layout.
  vue.configs['no-layout-rules'],
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js', '*.ts', 'scripts/*.mjs', 'examples/*.mjs'] },
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
        parser: tseslint.parser,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/prefer-readonly': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: [
            'MemberExpression[property.name=NAMES]',
            'MemberExpression[property.value=NAMES]',
            'ObjectPattern > Property[key.name=NAMES]',
          ]
            .join()
            .replaceAll('NAMES', '/^((en|de)cryptString|isEncryptionAvailable)$/'),
          message:
            'safeStorage’s synchronous calls are gone in Electron 46: use encryptStringAsync, decryptStringAsync, isAsyncEncryptionAvailable.',
        },
      ],
      eqeqeq: 'error',
      'vue/no-v-html': 'error',
      // Every text for people goes through the translation.
      'vue/no-bare-strings-in-template': 'error',
    },
  },
  {
    // Time comes from the injected clock, and randomness from the injected source, so that a test can hold a day in a second.
    files: ['electron/core/**'],
    rules: {
      'no-restricted-globals': ['error', 'setTimeout', 'setInterval', 'performance'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Ask the injected Clock.' },
        { object: 'Math', property: 'random', message: 'Ask the injected Random.' },
      ],
    },
  },
  {
    files: ['test/**'],
    rules: { '@typescript-eslint/require-await': 'off' },
  },
  {
    // These run beside a page's own scripts and take what they need before those can change it, methods without their
    // objects included; the page's iterators are not to be trusted.
    files: ['test/electron-host/page/**'],
    rules: {
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/prefer-for-of': 'off',
    },
  },
  {
    files: [
      '*.js',
      'scripts/*.mjs',
      'examples/**',
      '.dependency-cruiser.cjs',
      'test/bench/*.cjs',
      'test/electron-host/register.mjs',
    ],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      ...tseslint.configs.disableTypeChecked.languageOptions,
      globals: {
        console: 'readonly',
        process: 'readonly',
        global: 'readonly',
        module: 'writable',
        URL: 'readonly',
        setTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        fetch: 'readonly',
      },
    },
  },
);
