import { and, begun, counted } from './count.ts';

export const findings = {
  head: (n: number, services: number, low: number, open: boolean, order = 'worst first', _all?: number) => {
    const main = `${counted(n, 'finding')} in ${counted(services, 'service')}, ${order}.`;
    if (low === 0) return main;
    const are = low === 1 ? 'is' : 'are';
    return open ? `${main} ${low} of them ${are} low: l folds them.` : `${main} ${low} more ${are} low: l shows them.`;
  },
  order: { severity: 'worst first', service: 'by service', risk: 'by risk', file: 'by file' },
  orderUnder: {
    service: (rows: number) => `by service: each under all of its services (${rows} rows)`,
    file: (rows: number) => `by file: each under all of its files (${rows} rows)`,
  },
  filtered: (word: string, shown: number, all: number) => `Filter "${word}": ${shown} of ${counted(all, 'finding')}. esc shows all.`,
  noFile: 'decided by no file',
  onlyLow: (low: number) => `Nothing that presses. ${low === 1 ? '1 is' : `${low} are`} low: l shows ${low === 1 ? 'it' : 'them'}.`,
  columns: { severity: 'severity', confidence: 'seen', title: 'what', subjects: 'where' },
  whyFirst: 'Why this one is first',
  why: 'Why it matters',
  takes: (way: string, changes: string, text: string) => changes + text === '' ? `${way}.` : `${way}: ${[changes, text].filter((part) => part !== '').map((part) => begun(part.replace(/\.$/, ''))).join('. ')}.`,
  changes: (lines: number, files: readonly string[]) => `${counted(lines, 'line')} in ${and(files)}`,
  fine: (all: readonly string[]) => `Looks fine: ${all.join('; ')}.`,
  byHandOnly: 'There are only ways by hand: enter shows them.',
  notHere: (ways: readonly string[], reason: string) => `${and(ways.map((way) => `"${way}"`))} ${ways.length === 1 ? 'is' : 'are'} not possible here: ${reason}.`,
  byHandToo: 'There are ways by hand: enter shows them.',
  noOther: 'enter shows all ways.',
  sentences: (all: readonly string[]) => all.join(' '),
  asking: 'Working out the ways out',
  counts: (chosen: number, skipped: number, open: number, ignored = 0, low = 0) => [`${chosen} chosen`, ...(skipped > 0 ? [`${skipped} skipped`] : []), ...(ignored > 0 ? [`${ignored} ignored`] : []), `${open} open`, ...(low > 0 ? [`${low} low`] : [])].join(', '),
  noneDecided: 'Nothing was decided that could be taken back.',
  /** The keys first: a long title may lose its end. */
  takenAlready: (title: string) => `Chosen already; z takes the last one back, s skips: ${title}`,
  ignoredFirst: 'It is ignored: i takes it back in, then it can be decided otherwise.',
  openAgain: (title: string) => `Open again: ${title}`,
  takenBack: (title: string) => `Taken back: ${title}`,
  unchosen: (title: string) => `Chosen no longer: ${title}`,
  chosenAgain: (title: string) => `Put back: ${title}`,
  chosenAgainAll: (n: number) => `${n} put back.`,
  takenBackStep: 'Taken back: the plan has its steps as before.',
  takenBackAll: (n: number) => `${n} decisions taken back.`,
  spread: (chosen: number, not: number) => `Chosen for ${chosen}.${not > 0 ? ` Not possible for ${not}.` : ''} z takes it back.`,
  noneChosen: 'Nothing is chosen yet: f takes the recommended way, enter shows all of them.',
  notOurs: (whose: string) => `Shown only: ${whose}`,
  foreign: (n: number) => `${n} not this project's`,
  nothing: 'Nothing to fix.',
  nothingText: 'None of what is looked for was found in what could be seen.',
  nothingKnown: 'This folder holds nothing that harden-tui knows, and nothing runs from it: is it the right one?',
  checked: 'Looked for',
  lookedAt: 'Looked at',
  services: (n: number) => counted(n, 'service'),
  processes: (n: number) => (n === 1 ? '1 process' : `${n} processes`),
  blind: (n: number) => `${n === 1 ? '1 thing' : `${n} things`} could not be seen: esc shows which.`,
  suppressed: (n: number) => `${n} ignored before, with a reason`,
};
