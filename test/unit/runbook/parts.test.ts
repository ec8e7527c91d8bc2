import { describe, expect, test } from '@jest/globals';
import { canonicalJson, sha256Hex } from '@release-runbook/runbook/digest';
import { metricDimension, metricThreshold, rowsThreshold } from '@release-runbook/runbook/metric';
import { startOrder } from '@release-runbook/runbook/order';
import { portService } from '@release-runbook/runbook/ports';
import { namesIn, substitute } from '@release-runbook/runbook/substitute';
import fc from 'fast-check';

describe('startOrder', () => {
  test('a service comes behind those it waits for, else as written', () => {
    expect(startOrder({ web: { after: ['api'] }, api: { after: ['cache', 'gone'] }, job: {}, cache: {} })).toEqual([
      'cache',
      'api',
      'web',
      'job',
    ]);
  });

  test('a circle is printed as one', () => {
    expect(() => startOrder({ a: { after: ['b'] }, b: { after: ['a'] } })).toThrow('a → b → a');
    expect(() => startOrder({ x: { after: ['a'] }, a: { after: ['a'] } })).toThrow('other: a → a');
  });

  test('any order without circles is kept', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(9), { maxLength: 4 }), { maxLength: 10 }), (waits) => {
        const services = Object.fromEntries(
          waits.map((after, index) => [
            `s${index}`,
            { after: after.filter((other) => other < index).map((other) => `s${other}`) },
          ]),
        );
        const order = startOrder(services);
        expect([...order].sort()).toEqual(Object.keys(services).sort());
        for (const [name, { after }] of Object.entries(services)) {
          for (const before of after) expect(order.indexOf(before)).toBeLessThan(order.indexOf(name));
        }
      }),
    );
  });
});

describe('substitute', () => {
  test('replaces names in capitals, from what is given alone', () => {
    const variables = { PORT: '5000', NAME: '$PORT' };
    expect(substitute('http://h:$PORT/${PORT}x/${token}/$port/$HOME/$NAME', variables)).toEqual({
      text: 'http://h:5000/5000x/${token}/$port/$HOME/$PORT',
      unknown: ['HOME'],
    });
    expect(substitute('$toString $__proto__ $CONSTRUCTOR', {}).unknown).toEqual(['CONSTRUCTOR']);
    expect(namesIn('a $A $B $A')).toEqual(['A', 'B']);
  });
});

describe('canonicalJson', () => {
  test('one form for one value', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'é"' }], a: true, u: undefined })).toBe(
      '{"a":true,"b":[1,{"c":"é\\"","d":null}]}',
    );
    expect(sha256Hex(canonicalJson({}))).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
    expect(() => canonicalJson(Number.NaN)).toThrow(TypeError);
  });

  test('reads back as the same, whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = canonicalJson(value);
        expect(canonicalJson(JSON.parse(json))).toBe(json);
        expect(JSON.stringify(JSON.parse(json))).toHaveLength(JSON.stringify(value).length);
      }),
    );
  });
});

test('what a metric measures', () => {
  const p95 = { name: 'x', http: { url: 'u' }, expect: '< 200 ms' };
  expect(metricDimension(p95)).toBe('duration');
  expect(metricThreshold(p95)).toMatchObject({ value: 200, dimension: 'duration' });
  expect(metricDimension({ name: 'x', http: { url: 'u', value: 'errors' } })).toBe('percent');
  expect(metricDimension({ name: 'x', log: {} })).toBe('rate');
  expect(metricThreshold({ name: 'x', command: { on: 'a', run: 'b' }, expect: '< 5' })).toMatchObject({
    dimension: 'number',
  });
  expect(metricThreshold({ name: 'x', log: {} })).toBeUndefined();
  expect(rowsThreshold({ rows: 'kept' })).toBeUndefined();
  expect(rowsThreshold({ rows: 0 })).toMatchObject({ op: '=', value: 0, dimension: 'count' });
});

test('the service whose port $PORT is', () => {
  const plain = { on: 'a', pm2: 'x', start: ['x'] };
  const slots = { blue: { port: 1, directory: 'a' }, green: { port: 2, directory: 'b' } };
  expect(portService({ a: plain })).toBeUndefined();
  expect(portService({ a: { ...plain, port: 1 }, b: plain })).toBe('a');
  expect(portService({ a: { ...plain, port: 1 }, b: { ...plain, slots } })).toBe('b');
  expect(portService({ a: { ...plain, port: 1 }, b: { ...plain, port: 2 } })).toBeUndefined();
  expect(portService({ a: { ...plain, port: 1 }, b: { ...plain, port: 2 } }, 'b')).toBe('b');
});
