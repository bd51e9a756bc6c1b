import assert from 'node:assert/strict';
import { it } from 'node:test';
import { bound, DEFAULT_ENDPOINT, spoken } from '../../source/system/deeds.ts';

it('an empty volume that a helper looks at or works on is not given the owner of the folder in the helper\'s image', () => {
  const volume = { type: 'volume', source: 'shop_media', target: '/mnt' } as const;
  assert.equal(bound(volume), 'shop_media:/mnt:nocopy');
  assert.equal(bound({ ...volume, readOnly: true }), 'shop_media:/mnt:ro,nocopy');
  assert.equal(bound({ ...volume, filled: true }), 'shop_media:/mnt', 'what is to be filled by the engine');
  assert.equal(bound({ type: 'bind', source: '/work/uploads', target: '/mnt' }), '/work/uploads:/mnt');
  assert.equal(bound({ type: 'bind', source: '/work/uploads', target: '/mnt', readOnly: true }), '/work/uploads:/mnt:ro');
  // What is shown is what is done.
  assert.ok(spoken({ deed: 'helper', image: 'shop-web', user: '0:0', argv: ['true'], mounts: [volume] }, DEFAULT_ENDPOINT).includes('shop_media:/mnt:nocopy'));
});
