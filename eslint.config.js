import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

// Without type information on purpose: `tsc` has the types, and the whole lint stays within seconds.
export default defineConfig(
  {
    ignores: ['node_modules/', 'dist/', 'coverage/', 'scenarios/*/project/', '**/cases/*/', 'test/**/fixtures/'],
  },
  tseslint.configs.strict,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      // The size of a house: a file that outgrows this is two files.
      'max-lines': ['error', { max: 300 }],
      'eqeqeq': ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
      'object-shorthand': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-template-curly-in-string': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' }],
      // noUncheckedIndexedAccess makes `!` the honest way to say "there is one, two lines above".
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
    },
  },
  {
    files: ['source/**'],
    rules: {
      // stdout carries the result alone, and a screen is drawn by Ink: a stray console line spoils both.
      'no-console': 'error',
      'no-restricted-imports': ['error', { patterns: [{ group: ['**/test/**', '**/scripts/**'], message: 'source/ stands alone.' }] }],
    },
  },
  {
    files: ['bin/*.js'],
    languageOptions: { sourceType: 'commonjs' },
    rules: { 'no-var': 'off', '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['test/**', 'scenarios/**'],
    rules: { '@typescript-eslint/no-explicit-any': 'off' },
  },
);
