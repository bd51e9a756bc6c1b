// Every screen in every state of note, by the keys that lead to it: for the kitchen sink, its snapshots, and whatever must
// hold everywhere (sizes, ways out, screen readers). A screen without a recipe does not compile, and fails the test.
import { Stop } from '../../../source/model/errors.ts';
import { text } from '../../../source/model/text.ts';
import type { Screen } from '../../../source/tui/screens/screen.ts';
import type { Given } from '../../../source/tui/wizard.ts';
import type { FakeOptions } from '../fake-session.ts';
import { BREAKS, FOUND, HOLDS, UNKNOWN } from '../fake-rehearsal.ts';
import { LEFT, PAST, SINCE } from '../fake-history.ts';
import { fakeFindings, fakeMachine } from '../fake-shop.ts';
import { manyFindings, noDocker, odd, projects, remote, several, tried, volumes } from './machines.ts';

export interface Recipe {
  /** From the first screen on. */
  readonly keys: readonly string[];
  readonly fake?: FakeOptions;
  readonly given?: Pick<Partial<Given>, 'dryRun' | 'ascii' | 'colour' | 'allowRemote' | 'firstTime' | 'checked' | 'demo' | 'explain'>;
  /** The session goes through so many gates and is then held where it is. Without it nothing is held. */
  readonly gates?: number;
}

/** A worker that runs on, and takes its jobs from what is started anew. */
const AGAIN = [{ service: 'mailer', containers: [{ id: 'c9', name: 'shop-mailer-1' }], of: ['redis'], when: 'always', seconds: 60 }] as const;
const PLANNED = ['enter', 'f', 'f', 'f', 'f', 'j', 'f', 'p'];
const APPLIED = [...PLANNED, 'enter', ...'shop', 'enter'];
const explain = () => text('# Pickle\n\nA pickled message is a small program: reading it runs it.\n\n## What\n\n- the worker reads it\n- as root', '# Pickle\n\n一条 pickle 消息就是一段小程序，读取即执行。\n\n## 是什么\n\n- 由 worker 读取\n- 以 root 身份');
const checked = [text('A container runs as root', '容器以 root 身份运行'), text('Celery takes pickle', 'Celery 接受 pickle')];

const tooOld = new Stop(text('Docker answers, but its API is too old (1.24).', 'Docker 有响应，但 API 版本太旧（1.24）。'), [text('Update the engine, or go on with --no-docker.', '升级引擎，或用 --no-docker 继续。')]);

export const RECIPES: { readonly [N in Screen['name']]: Readonly<Record<string, Recipe>> } = {
  looking: {
    '': { keys: [] },
    'first-time': { keys: [], given: { firstTime: true } },
    'under-way': { keys: [], gates: 0 },
    beyond: { keys: ['a', 'p'], fake: { machine: { elsewhere: [...fakeMachine.elsewhere, { kind: 'process', name: 'gunicorn (pid 812)', owner: '/srv/app' }] } } },
    'no-docker': { keys: [], fake: { machine: noDocker } },
    remote: { keys: [], fake: { machine: remote } },
    ascii: { keys: [], gates: 0, given: { ascii: true, firstTime: true } },
  },
  projects: {
    '': { keys: ['enter', 'j'], fake: several },
    chosen: { keys: ['enter', 'j', 'enter', 'esc'], fake: several },
    many: { keys: ['enter', 'G'], fake: { machine: projects(40) } },
  },
  question: { '': { keys: ['enter'], fake: { hangs: true } }, yes: { keys: ['enter', 'j'], fake: { hangs: true } } },
  findings: {
    '': { keys: ['enter'] },
    decided: { keys: ['enter', 'f', 's', 'f'] },
    'low-too': { keys: ['enter', 'l', 'G'] },
    'by-service': { keys: ['enter', 'l', 'v', 'j', 'j', 'j'] },
    'by-file': { keys: ['enter', 'v', 'v', 'v'] },
    typing: { keys: ['enter', '/', 'r', 'e', 'd'] },
    filtered: { keys: ['enter', '/', 'r', 'e', 'd', 'enter'] },
    none: { keys: ['enter'], fake: { findings: [] }, given: { checked } },
    'none-long': { keys: ['enter', 'j', 'j', 'j'], fake: { findings: [] }, given: { checked: Array.from({ length: 40 }, (_, i) => text(`Thing number ${i + 1}`, `第 ${i + 1} 项`)) } },
    'only-low': { keys: ['enter'], fake: { findings: fakeFindings.slice(7) } },
    many: { keys: ['enter', 'pagedown', 'pagedown'], fake: { findings: manyFindings(300) } },
    odd: { keys: ['enter'], fake: { findings: odd } },
    beyond: { keys: ['a', 'enter', 'G'] },
    'only-beyond': { keys: ['a', 'enter'], fake: { findings: [] } },
    quitting: { keys: ['enter', 'f', 'q'] },
    remote: { keys: ['enter'], fake: { machine: remote } },
    ascii: { keys: ['enter', 'f'], given: { ascii: true } },
  },
  finding: {
    '': { keys: ['enter', 'enter'] },
    'six-ways': { keys: ['enter', 'j', 'enter', 'pagedown'] },
    decided: { keys: ['enter', 'f', 'k', 'enter'] },
    'by-hand': { keys: ['enter', 'j', 'enter', '6'] },
    refused: { keys: ['enter', 'enter', '3', 'enter'] },
    'no-way': { keys: ['enter', 'G', 'enter'] },
    beyond: { keys: ['a', 'enter', 'G', 'enter'] },
    odd: { keys: ['enter', 'enter'], fake: { findings: odd } },
    'to-be-tried': { keys: ['enter', 'enter'], fake: { findings: tried, trials: true } },
  },
  ignore: { '': { keys: ['enter', 'i'] }, typed: { keys: ['enter', 'enter', 'i', ...'later', 'enter', ...'2999-01-31'] } },
  least: {
    'under-way': { keys: ['enter', 'enter', 't'], fake: { findings: tried, trials: true }, gates: 2 },
    '': { keys: ['enter', 'enter', 't'], fake: { findings: tried, trials: true } },
  },
  diff: {
    '': { keys: ['enter', 'j', 'enter', 'd'] },
    'of-plan': { keys: [...PLANNED, 'd', 'pagedown'] },
    found: { keys: ['enter', 'j', 'enter', 'd', '/', 'U', 'S', 'E', 'R', 'enter'] },
  },
  explain: { '': { keys: ['enter', 'enter', 'e'], given: { explain } }, 'by-hand': { keys: ['enter', 'j', 'enter', '6', 'enter'] } },
  commands: { '': { keys: [...PLANNED, 'c', 'j', 'j'] }, early: { keys: ['c'] }, 'of-undo': { keys: [...APPLIED, 'u', 'c', 'j'] } },
  plan: {
    rehearsable: { keys: PLANNED, fake: { rehearsals: [HOLDS] } },
    dropped: { keys: [...PLANNED, ...Array.from({ length: 6 }, () => 'j'), 'x', 'x'], fake: { rehearsals: [BREAKS] } },
    '': { keys: PLANNED }, one: { keys: ['enter', 'f', 'p'] }, dropping: { keys: [...PLANNED, 'j', 'x'] }, 'dry-run': { keys: PLANNED, given: { dryRun: true } },
    outside: { keys: ['enter', 'f', 'p'], fake: { besides: [{ kind: 'make-account', name: 'web' }] } },
    again: { keys: ['enter', 'f', 'p'], fake: { besides: [{ kind: 'stop-services', services: [{ service: 'redis' }], again: AGAIN }, { kind: 'start-services', services: [{ service: 'redis' }], again: AGAIN }] } },
  },
  rehearsal: {
    'under-way': { keys: [...PLANNED, 'enter'], fake: { rehearsals: [HOLDS] }, gates: 2 },
    building: { keys: [...PLANNED, 'enter', 'b'], fake: { rehearsals: [HOLDS] }, gates: 1 },
    holds: { keys: [...PLANNED, 'enter'], fake: { rehearsals: [HOLDS], machine: volumes } },
    typed: { keys: [...PLANNED, 'enter', 'a', 's', 'h'], fake: { rehearsals: [HOLDS], machine: volumes } },
    found: { keys: [...PLANNED, 'enter'], fake: { rehearsals: [FOUND], machine: volumes } },
    'in-full': { keys: [...PLANNED, 'enter', 'e', 'pagedown'], fake: { rehearsals: [FOUND] } },
    breaks: { keys: [...PLANNED, 'enter'], fake: { rehearsals: [BREAKS] } },
    dropped: { keys: [...PLANNED, ...Array.from({ length: 6 }, () => 'j'), 'x', 'x', 'enter'], fake: { rehearsals: [BREAKS] } },
    own: { keys: [...PLANNED, 'enter', 't', 'i', 'd'], fake: { rehearsals: [BREAKS] } },
    log: { keys: [...PLANNED, 'enter', 'b'], fake: { rehearsals: [HOLDS] } },
    'cannot-tell': { keys: [...PLANNED, 'enter'], fake: { rehearsals: [UNKNOWN] } },
  },
  confirm: {
    '': { keys: [...PLANNED, 'enter'] }, typed: { keys: [...PLANNED, 'enter', 's', 'h'] }, wrong: { keys: [...PLANNED, 'enter', 'x', 'enter'] }, yes: { keys: ['enter', 'f', 'p', 'enter'] },
    outside: { keys: ['enter', 'f', 'p', 'enter'], fake: { besides: [{ kind: 'make-account', name: 'web' }] } },
    remote: { keys: ['enter', 'f', 'p', 'enter'], fake: { machine: remote }, given: { allowRemote: true } },
  },
  applying: {
    '': { keys: APPLIED, gates: 7 },
    log: { keys: [...APPLIED, 'b'], gates: 7 },
    'taking-back': { keys: APPLIED, fake: { fails: 6 }, gates: 9 },
    stopping: { keys: [...APPLIED, 'ctrl-c'], gates: 3 },
  },
  'taken-back': {
    '': { keys: APPLIED, fake: { fails: 5 } }, 'a-check': { keys: APPLIED, fake: { fails: 0 } }, log: { keys: [...APPLIED, 'b'], fake: { fails: 6 } },
  },
  done: { '': { keys: APPLIED }, demo: { keys: APPLIED, given: { demo: true } } },
  message: { '': { keys: [...APPLIED, 'm'] } },
  undo: {
    '': { keys: [...APPLIED, 'u'] }, since: { keys: [...APPLIED, 'u'], fake: { since: SINCE } },
    'under-way': { keys: [...APPLIED, 'u', 'y'], gates: 16 }, ended: { keys: [...APPLIED, 'u', 'y'], fake: { since: SINCE } },
    left: { keys: [...APPLIED, 'u', 'y'], fake: { leaves: 'compose.yaml' } },
    yours: { keys: [...APPLIED, 'u', 'y'], fake: { leaves: 'account' } },
    rest: { keys: [...APPLIED, 'u', 'y', 'u'], fake: { leaves: 'compose.yaml' } },
  },
  history: { '': { keys: ['enter', 'H', 'j'], fake: { past: PAST, left: LEFT } }, none: { keys: ['H'] }, left: { keys: [...APPLIED, 'u', 'y', 'enter', 'H'], fake: { leaves: 'compose.yaml' } } },
  run: { '': { keys: ['enter', 'H', 'enter'], fake: { past: PAST } }, verified: { keys: ['enter', 'H', 'enter', 'v', 'G'], fake: { past: PAST } } },
  help: { '': { keys: ['enter', '?'] }, 'of-plan': { keys: [...PLANNED, '?'] } },
  trouble: { '': { keys: [], fake: { stop: tooOld } } },
};

export interface Named extends Recipe {
  readonly name: string;
  readonly screen: Screen['name'];
}

/** All of them under the names that the snapshots have. */
export const KITCHEN: readonly Named[] = Object.entries(RECIPES).flatMap(([screen, states]) =>
  Object.entries<Recipe>(states).map(([state, recipe]) => ({ ...recipe, screen: screen as Screen['name'], name: state === '' ? screen : `${screen}-${state}` })));
