import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accounts } from '../../source/settings/accounts.ts';
import { chowned } from '../../source/settings/given-away.ts';
import { shipped, type Shipped } from '../../source/settings/service-files.ts';
import { machineOf } from '../helpers/case.ts';

async function imageOf(text: string): Promise<Shipped> {
  const machine = await machineOf({ Dockerfile: text });
  const [service] = machine.services;
  const image = service && shipped(machine, service);
  assert.ok(image);
  return image;
}

/** `name uid:gid`, `?` for what only the build knows, `+` where a number can be put in. */
const said = async (text: string): Promise<string> =>
  accounts(await imageOf(text)).map((a) => `${a.name} ${a.uid ?? '?'}:${a.gid ?? '?'}${a.pin === undefined ? '' : '+'}`).join(', ');

const DEBIAN: Readonly<Record<string, string>> = {
  'groupadd -g 1500 star && useradd -u 1500 -g star star': 'star 1500:1500',
  'useradd -u 1500 star': 'star 1500:1500',
  'useradd --uid=1500 --gid=33 star': 'star 1500:33',
  'useradd -ms /bin/bash star': 'star ?:?+',
  'useradd -g star star': 'star ?:?',
  'groupadd -g 77 star && useradd -g star star': 'star ?:77+',
  'useradd -r -u 999 star': 'star 999:?',
  'useradd -rmu 999 -g 999 star': 'star 999:999',
  'useradd -N -u 1500 star': 'star 1500:?',
  'adduser --disabled-password --gecos "" --uid 1500 star': 'star 1500:1500',
  'adduser --system --uid 1500 star': 'star 1500:65534',
  'adduser --system --group --uid 1500 star': 'star 1500:1500',
  'adduser star www-data': '',
  'apt-get install -y adduser star': '',
  'useradd -u 0 -o second': '',
  'usermod -u 33 www-data': '',
  'id star || useradd -u 1500 star 2>/dev/null': 'star 1500:1500',
  'if true; then useradd -u 1500 star; fi': 'star 1500:1500',
  'useradd -u "$UID" star': 'star ?:?',
};

const ALPINE: Readonly<Record<string, string>> = {
  'addgroup -g 1500 star && adduser -D -H -u 1500 -G star -g "a star" star': 'star 1500:1500',
  'adduser -D -u 1500 star': 'star 1500:1500',
  'adduser -S star': 'star ?:?',
  'addgroup -S star && adduser -S -G star star': 'star ?:?',
};

describe('accounts that a Dockerfile makes', () => {
  for (const [run, wanted] of Object.entries(DEBIAN)) it(`on Debian by ${run}`, async () => assert.equal(await said(`FROM debian:12\nRUN ${run}\n`), wanted));
  for (const [run, wanted] of Object.entries(ALPINE)) it(`on Alpine by ${run}`, async () => assert.equal(await said(`FROM alpine:3.20\nRUN ${run}\n`), wanted));

  it('are those of the stage that ships', async () => {
    assert.equal(await said('FROM debian:12 AS a\nRUN useradd -u 1500 star\nFROM debian:12\nRUN true\n'), '');
    assert.equal(await said('FROM debian:12 AS a\nRUN useradd -u 1500 star\nFROM a\nRUN true\n'), 'star 1500:1500');
  });

  it('or else the one that the base brings', async () => {
    assert.equal(await said('FROM node:20-alpine\n'), 'node 1000:1000');
    assert.equal(await said('FROM gcr.io/distroless/python3-debian12\n'), 'nonroot 65532:65532');
    assert.equal(await said('FROM nodejs:20\n'), '');
  });
});

describe('a folder that a RUN gives away', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['chown 10001:10001 data', '/app/data', true],
    ['mkdir -p data && chown -R app:app /app', '/app/data', true],
    ['chown app /app', '/app/data', false],
    ['chown root:root data', '/app/data', false],
    ['chown :app data', '/app/data', false],
    ['chown -R 10001 ./data/', '/app/data/inner', true],
    ['chown --recursive 10001 /', '/app/data', true],
    ['chown 10001 database', '/app/data', false],
  ];
  for (const [run, folder, wanted] of cases) {
    it(`${wanted ? 'is' : 'is not'} ${folder} by ${run}`, async () => assert.equal(chowned(await imageOf(`FROM debian:12\nWORKDIR /app\nRUN ${run}\n`), folder), wanted));
  }
});
