// Tests run on the TypeScript sources: imports of a workspace package go to its src, not to its build.
const common = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  moduleNameMapper: { '^@release-runbook/([^/]+)/(.*)$': '<rootDir>/packages/$1/src/$2.ts' },
  testEnvironment: 'node',
  modulePathIgnorePatterns: ['<rootDir>/dist/', '/lib/'],
};
const kind = (name) => ({ ...common, displayName: name, testMatch: [`<rootDir>/test/${name}/**/*.test.ts`] });
export default {
  // Real servers and whole releases take their time; what hangs is still found.
  testTimeout: 120_000,
  projects: [kind('unit'), kind('systems'), kind('workflows'), kind('faults')],
};
