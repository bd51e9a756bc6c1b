import { and, counted } from './count.ts';
import type { Event } from '../../engine/session.ts';

type Phase = Extract<Event, { kind: 'phase' }>['phase'];

export const applying = {
  title: 'Applying',
  promise: 'If a step fails, everything before it is taken back by itself.',
  stopping: 'Stopping: the command that runs is finished, then everything is taken back. ctrl-c again leaves at once.',
  lookingAgain: 'looking once more: is all still as it was shown',
  phases: {
    'vitals-before': 'asking every service how it answers now', steps: '', watching: 'watching the new processes',
    proving: 'asking for the proofs', 'taking-back': 'taking everything back', ended: '',
  } satisfies Record<Phase, string> as Record<Phase, string>,
  goingBack: 'going back',
  back: 'back as it was',
  away: (services: string, time: string, n: number) => `${services} ${n === 1 ? 'has' : 'have'} been away for ${time}`,
  kept: 'Kept for undo',
  /** `run 1: 4 files, the owner of 23 files, and the old images as TAGS` */
  keeps: (run: string | undefined, parts: readonly string[], tags: string) => `${run === undefined ? '' : `run ${run}: `}${tags === '' ? and(parts) : [...parts, `${parts.length > 0 ? 'and ' : ''}the old ${/\S\s+\S/.test(tags) ? 'images' : 'image'} as ${tags}`].join(', ')}`,
  keepsImages: (n: number) => (n === 1 ? 'the old image' : `the ${n} old images`),
  written: (files: number, compose: boolean) => `${counted(files, 'file')} written${compose ? '; docker compose config accepts them' : ''}`,
  built: (images: number) => `${counted(images, 'image')} built`,
  stopped: (services: string) => `${services} stopped`,
  started: (services: string, done: boolean) => `${services}: ${done ? 'started' : 'starting'}`,
  owned: (place: string, owner: string) => `${place}: ${owner}`,
  log: (lines: number, rows: number) => `Log, ${counted(lines, 'line')}${rows > lines ? ` in ${rows} rows` : ''}`,
  nothingSaid: 'Nothing was said yet.',
  takenBack: {
    title: 'Taken back',
    notStarted: 'Not started',
    failed: (step: number, project: string) => `Step ${step} failed, so everything was taken back. ${project} runs as before.`,
    remains: (step: number) => `Step ${step} failed, so it was taken back. There is something to know about that: see Note.`,
    changed: (project: string) => `It was taken back, and yet ${project} does not answer as before: see below.`,
    stopped: (project: string) => `You stopped it, so everything was taken back. ${project} runs as before.`,
    nothing: (project: string) => `Nothing was started. ${project} runs as before.`,
    said: (service: string | undefined) => (service === undefined ? 'What was said' : `${service} said`),
    labels: { means: 'What that means', back: 'Back again', note: 'Note', away: 'Away', answers: 'Checked' },
    bytes: (files: string) => `${files}, byte for byte`,
    owners: (n: number) => counted(n, 'owner'),
    filesOfRoot: (n: number) => `${counted(n, 'file')} of root`,
    ways: 'Ways on',
    again: 'Plan again',
    recommended: 'recommended',
    againPrice: 'looks again first',
    without: (titles: string) => `Leave out ${titles}`,
    withoutService: (service: string) => `Leave ${service} out`,
    withoutPrice: (services: readonly string[], left: number, all: number) => (services.length === 0 ? `keeps ${left} of ${all}` : `keeps the fix${left === 1 ? '' : 'es'} of ${and(services)}, ${left} of ${all}`),
    stop: 'Stop here',
    stopPrice: 'nothing is changed; the plan is saved',
    stopDemo: 'nothing is changed; the demo is removed',
  },
};
