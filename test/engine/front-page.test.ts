import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { frontPage } from '../../source/engine/front-page.ts';
import type { Net } from '../../source/system/system.ts';

/** A network whose one door speaks in one way, or in none; `asked` is how it was spoken to. */
function door(speaks: 'http' | 'https' | undefined): { readonly net: Net; readonly asked: string[]; falls(): void } {
  const asked: string[] = [];
  let way = speaks;
  return {
    asked,
    falls: () => void (way = undefined),
    net: {
      get: async (url) => {
        asked.push(url.split(':')[0]!);
        return url.startsWith(`${way}:`) ? { status: 200, type: 'text/html', body: '' } : undefined;
      },
      connects: async () => way !== undefined, connectsAs: async () => undefined, addresses: () => [],
    },
  };
}

describe('a front page', () => {
  it('on 443 is asked for by TLS once, and never again where it is plain', async () => {
    const { net, asked } = door('http');
    for (let i = 0; i < 3; i++) assert.equal(await frontPage(net, '127.0.0.1', 443), '200 html');
    assert.deepEqual(asked, ['https', 'http', 'http', 'http']);
  });

  it('of one that fell is not asked for in the other way', async () => {
    const { net, asked, falls } = door('https');
    assert.equal(await frontPage(net, '127.0.0.1', 443), '200 html');
    falls();
    assert.equal(await frontPage(net, '127.0.0.1', 443), 'nothing');
    assert.deepEqual(asked, ['https', 'https']);
  });

  it('of another network is another one', async () => {
    const [one, other] = [door('http'), door('https')];
    assert.equal(await frontPage(one.net, '127.0.0.1', 8000), '200 html');
    assert.equal(await frontPage(other.net, '127.0.0.1', 8000), '200 html');
    assert.deepEqual(other.asked, ['http', 'https']);
  });
});
