// What somebody built or started between a run and its undo is theirs: it makes room, is named, and is not thrown away.
import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { docker, longTest } from '../helpers/engine.ts';
import { inspect } from '../helpers/inspected.ts';
import { untilItAnswers } from '../helpers/requests.ts';
import { said } from '../helpers/scan.ts';
import { withScenario } from '../helpers/scenario.ts';

longTest('an image that was built again since is kept beside the old one, and it is said that the old code runs', (t) =>
  withScenario(t, 'root-container', {}, async (project) => {
    const image = `${project.name}-web`;
    assert.equal((await project.harden('fix', '--yes', '--no-rehearse')).code, 0);
    appendFileSync(path.join(project.root, 'app.py'), '\nVERSION = "two"\n');
    docker('compose', '-p', project.name, '-f', path.join(project.root, 'compose.yaml'), 'up', '-d', '--build', 'web');
    const mine = docker('image', 'inspect', '-f', '{{.Id}}', image).trim();
    const told = await project.harden('undo', '--yes');
    const kept = `harden-tui/keep:1-web-since`;
    t.after(() => docker('rmi', '-f', kept));
    assert.equal(told.code, 3, said(told));
    assert.match(said(told).replace(/\s+/g, ' '), new RegExp(`${image} was built again since: web goes back to the code of then, your build is kept`));
    assert.match(said(told).replace(/\s+/g, ' '), new RegExp(`web runs the code of before the run now\\. Your build is kept as ${kept}\\. With the files as they are: docker compose up -d --build web`));
    assert.equal(docker('image', 'inspect', '-f', '{{.Id}}', kept).trim(), mine);
    assert.notEqual(docker('image', 'inspect', '-f', '{{.Id}}', image).trim(), mine);
    await untilItAnswers(project.scenario.answers);
  }));

longTest('a container that was started by hand since is stopped and kept under another name', (t) =>
  withScenario(t, 'root-container', { start: false }, async (project) => {
    const name = `${project.name}-hut`;
    t.after(() => {
      for (const id of docker('ps', '-aq', '--filter', `name=^/${name}`).split('\n').filter(Boolean)) docker('rm', '-fv', id);
      docker('volume', 'rm', `${name}-data`);
      docker('rmi', '-f', name);
    });
    const start = (): string => docker('run', '-d', '--name', name, '-p', `127.0.0.1:${project.port('web')}:8000`, '-v', `${name}-data:/app/data`, '-v', `${project.root}/uploads:/app/uploads`, name).trim();
    docker('build', '-q', '-t', name, project.root);
    const old = start();
    await untilItAnswers(project.scenario.answers);
    assert.equal((await project.harden('fix', '--yes', '--no-rehearse')).code, 0);
    docker('rm', '-f', name);
    const mine = start();
    const told = await project.harden('undo', '--yes');
    assert.equal(told.code, 3, said(told));
    assert.match(said(told).replace(/\s+/g, ' '), new RegExp(`${name} was started anew since: it is stopped and kept beside`));
    assert.match(said(told).replace(/\s+/g, ' '), new RegExp(`It is stopped and kept as ${name}-since-run-1; the one of before the run stands in its place`));
    assert.equal(inspect(name)['Id'], old);
    assert.equal(inspect(`${name}-since-run-1`)['Id'], mine);
    assert.equal(inspect(mine)['State'].Running, false);
    assert.doesNotMatch(said(told), /before-run-1 state/);
  }));

longTest('an image that compose removed in the meantime does not stand in the way: helpers are made from what the run kept', (t) =>
  withScenario(t, 'root-container', {}, async (project) => {
    assert.equal((await project.harden('fix', '--yes', '--no-rehearse')).code, 0);
    docker('compose', '-p', project.name, '-f', path.join(project.root, 'compose.yaml'), 'down');
    docker('rmi', '-f', `${project.name}-web`);
    const told = await project.harden('undo', '--yes');
    assert.equal(told.code, 0, said(told));
    await untilItAnswers(project.scenario.answers);
    assert.equal(docker('exec', `${project.name}-web-1`, 'stat', '-c', '%u', '/app/data').trim(), '0');
  }));

longTest('a run that went back is done anew from its plan', (t) =>
  withScenario(t, 'root-container', {}, async (project) => {
    assert.equal((await project.harden('fix', '--yes', '--no-rehearse')).code, 0);
    assert.equal((await project.harden('undo', '--yes')).code, 0);
    const told = await project.harden('fix', '--finish', '1', '--yes', '--no-rehearse');
    assert.equal(told.code, 0, said(told));
    assert.equal(docker('exec', `${project.name}-web-1`, 'id', '-u').trim(), '10001');
    await untilItAnswers(project.scenario.answers);
    assert.equal((await project.harden('undo', '--yes')).code, 0);
  }));

longTest('a file that an undo had to leave goes back with the next one, and who reads it is started again', (t) =>
  withScenario(t, 'privileged-port', {}, async (project) => {
    const file = path.join(project.root, 'compose.yaml');
    const before = readFileSync(file, 'utf8');
    assert.equal((await project.harden('fix', '--yes', '--no-rehearse', '--risk', 'privileged-port')).code, 0);
    const written = readFileSync(file, 'utf8');
    const mine = written.replace(/:8443"/, ':8443/tcp"');
    assert.notEqual(mine, written, written);
    writeFileSync(file, mine);

    const first = await project.harden('undo', '--yes');
    assert.equal(first.code, 3, said(first));
    assert.match(first.stderr.replace(/\s+/g, ' '), /compose\.yaml was edited since, on the same lines\. .*Run 1 is undone in part: compose\.yaml stays\. .*Edit compose\.yaml by hand so that its lines are those of then, then: \S.* undo 1/);
    assert.equal(readFileSync(file, 'utf8'), mine);
    const history = (await project.harden('history')).stdout.replace(/\s+/g, ' ');
    assert.match(history, /undone in part: compose\.yaml stays: of 1 risk we cannot tell .*Edit compose\.yaml by hand/);

    writeFileSync(file, written);
    const second = await project.harden('undo', '--yes');
    assert.equal(second.code, 0, said(second));
    assert.match(second.stderr, /1 file +compose\.yaml\n[^]*1 container +server; away/);
    assert.equal(readFileSync(file, 'utf8'), before);
    await project.answersAsBefore();
    assert.match((await project.harden('history')).stdout.replace(/\s+/g, ' '), / undone: 1 risk came back/);
    assert.equal((await project.harden('undo', '1', '--yes')).code, 2, 'nothing is left');
  }), { timeout: 10 * 60_000 });
