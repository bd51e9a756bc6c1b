import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { filesTold, projectTold } from '../../source/inspect/told.ts';
import type { Machine, SourceFile } from '../../source/model/machine.ts';

const service = (name: string, containers: readonly string[] = [], pids: readonly number[] = []) => ({ name, containers, pids, compose: { project: 'shop', service: name, files: ['compose.yaml'] } });
const machine = (services: readonly unknown[], running: readonly string[]) => ({ services, containers: ['a', 'b'].map((id) => ({ id, running: running.includes(id), restarting: false })) }) as unknown as Pick<Machine, 'services' | 'containers'>;
const files = (...all: readonly (readonly [string, string])[]): ReadonlyMap<string, SourceFile> => new Map(all.map(([path, text]) => [path, { path, text } as SourceFile]));

describe('what was looked at', () => {
  it('is a service that runs only where a container of it does, or a process', () => {
    assert.equal(projectTold(machine([service('web', ['a']), service('db', ['b'])], ['a'])).en, 'compose.yaml: 2 services, 1 running');
    assert.equal(projectTold(machine([service('web', ['a'])], [])).en, 'compose.yaml: 1 service, 0 running');
    assert.equal(projectTold(machine([service('web', [], [41])], [])).en, 'compose.yaml: 1 service, 1 running');
  });
  it('counts Dockerfiles and names what configures a program, code with its folder', () => {
    assert.equal(filesTold(files(['Dockerfile', ''], ['app/Dockerfile', ''], ['app/uwsgi.ini', ''], ['shop/tasks.py', 'app = Celery("shop")'], ['shop/web.py', 'import flask'])).en, '2 Dockerfiles, uwsgi.ini, shop/tasks.py');
    assert.equal(filesTold(files(['notes.txt', ''])).en, '1 file that can decide something');
  });
});
