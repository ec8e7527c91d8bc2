import { describe, expect, test } from '@jest/globals';
import { createMasker, secretForms, secretValues } from '@release-runbook/github/mask';
import fc from 'fast-check';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('the forms of a secret', () => {
  test('of a URL: the whole, the password raw, decoded, encoded, in base64, and with its user', () => {
    const url = 'postgres://shop:p%40ss%2Fw0rd!@db.example.com:5432/shop';
    const forms = secretForms(url);
    for (const form of [
      url,
      'p%40ss%2Fw0rd!',
      'p@ss/w0rd!',
      encodeURIComponent(url),
      base64(url),
      base64('p@ss/w0rd!'),
      base64('shop:p@ss/w0rd!'),
    ])
      expect(forms).toContain(form);
  });

  test('of a URL whose password holds what it should have encoded', () => {
    for (const password of ['p@ss', 'pa/ss', 'pa:ss#1', 'a@b@c'])
      expect(secretForms(`mysql://root:${password}@db.example.com/shop`)).toContain(password);
  });

  test('of several lines: each of them', () => {
    const forms = secretForms('-----BEGIN KEY-----\nAAAABBBB\r\n  CCCCDDDD\n-----END KEY-----\n');
    for (const line of ['AAAABBBB', 'CCCCDDDD']) expect(forms).toContain(line);
  });

  test('no form is so short that it hides everything', () => {
    fc.assert(fc.property(fc.string(), (text) => secretForms(text).every((form) => form.length >= 4)));
  });

  test('whatever it is, none of it is left in a text, raw, encoded, in JSON or in base64 anywhere', () => {
    const secret = fc.string({ minLength: 12, maxLength: 40 }).filter((text) => text.trim() === text);
    fc.assert(
      fc.property(secret, fc.string({ maxLength: 7 }), (text, before) => {
        const masker = createMasker(() => {});
        masker.add([text]);
        for (const form of [text, encodeURIComponent(text), base64(text), JSON.stringify(text).slice(1, -1)])
          expect(masker.redact(`<<${form}>>`)).toBe('<<***>>');
        // Within a longer base64 text, all but the edges that depend on the neighbours goes.
        expect(masker.redact(base64(`${before}${text}tail`))).toContain('***');
      }),
      { numRuns: 500 },
    );
  });

  test('the runner is told before anything is redacted, and never of a text of two lines', () => {
    const told: string[] = [];
    createMasker((text) => told.push(text)).add(['first-line\nsecond-line']);
    expect(told).toContain('first-line');
    expect(told.some((text) => text.includes('\n'))).toBe(false);
  });
});

test('values of the environment that are secrets by name or by form', () => {
  expect(
    secretValues({
      DB_PASSWORD: 'hunter22',
      API_TOKEN: 'abcdefgh',
      DATABASE_URL: 'mysql://u:pw12@h/d',
      SSH_PRIVATE_KEY: 'AAAA BBBB',
      PWD: '/home/runner',
      SSH_KEY: '/home/runner/.ssh/id',
      NPM_TOKEN_REQUIRED: 'true',
      HOME_URL: 'https://example.com',
      PATH: '/usr/bin',
      AUTHOR_NAME: 'Ann Other',
      EMPTY_PASSWORD: '',
    }),
  ).toEqual(['hunter22', 'abcdefgh', 'mysql://u:pw12@h/d', 'AAAA BBBB']);
});
