import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gistOf } from '../../source/tui/screens/plan/gist.ts';
import { words } from '../../source/words/index.ts';

const of = (patch: string, lang: 'en' | 'zh-CN' = 'en') => gistOf({ path: 'x', patch: `diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,3 @@\n${patch}\n`, added: 0, removed: 0 }, words(lang).plan.gist);

describe('what an edit comes to, in a few words', () => {
  it('is the user and the port of a Dockerfile, where its command differs by the port alone', () => {
    const patch = '-EXPOSE 443\n-CMD ["gunicorn", "-b", "0.0.0.0:443"]\n+RUN groupadd -g 10001 app \\\n+    && useradd app\n+USER 10001:10001\n+EXPOSE 8443\n+CMD ["gunicorn", "-b", "0.0.0.0:8443"]';
    assert.deepEqual(of(patch), ['user 10001', 'port 8443']);
    assert.deepEqual(of(patch, 'zh-CN'), ['用户 10001', '端口 8443']);
    assert.equal(of(patch.replace('+CMD ["gunicorn", ', '+CMD ["gunicorn", "--preload", ')), undefined);
  });
  it('is the mapping and the variable that goes, never a value', () => {
    assert.deepEqual(of('-      - "443:443"\n+      - "127.0.0.1:443:8443"\n-    environment:\n-      DB_PASSWORD: "hunter2"'), ['443:8443', 'DB_PASSWORD goes']);
    assert.equal(of('-      DB_PASSWORD: "hunter2"\n+      DB_PASSWORD: "hunter3"'), undefined, 'not told: neither that it goes nor what it is');
  });
  it('is how open a socket is, whose, and who, in this order', () => assert.deepEqual(of('-chmod-socket = 666\n+uid = 10002\n+gid = 10002\n+; why\n+chown-socket = 33:10002\n+chmod-socket = 660'), ['660', '33:10002', 'uid 10002']));
  it('says nothing where a line has no word: the ways out are named then', () => {
    assert.equal(of('+uid = 10002\n+plugin = evil'), undefined);
    assert.equal(of('+# only a comment'), undefined);
    assert.equal(gistOf(undefined, words('en').plan.gist), undefined);
  });
});
