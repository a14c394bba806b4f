// What readers of the chat's code may count on. Types are checked by tsc, beside this.
import js from '@eslint/js';
import globals from 'globals';

const common = {
  ...js.configs.recommended.rules,
  'curly': ['error', 'multi-line'],
  'eqeqeq': 'error',
  'max-len': ['error', { code: 140 }],
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  'no-implicit-coercion': 'error',
  'no-unused-private-class-members': 'error',
  'no-var': 'error',
  'object-shorthand': 'error',
  'prefer-const': 'error',
  'quotes': ['error', 'single', { avoidEscape: true }],
  'semi': ['error', 'always'],
};

export default [
  {
    files: ['**/chat/*.js'],
    languageOptions: { sourceType: 'module', globals: { ...globals.browser, WORDS: 'readonly', LANGUAGES: 'readonly', STYLE: 'readonly' } },
    rules: common,
  },
  {
    files: ['**/kiosk/*.js', '**/sheet/*.js'],
    languageOptions: { sourceType: 'script', globals: { ...globals.browser, ScreenKeyboard: 'writable' } },
    rules: { ...common, 'no-redeclare': 'off', 'no-unused-vars': ['error', { varsIgnorePattern: '^ScreenKeyboard$' }] },
  },
];
