/** The few characters that are not letters, and what stands for them where the terminal is ASCII. */
export interface Glyphs {
  readonly rule: string;
  readonly here: string;
  readonly done: string;
  readonly failed: string;
  readonly absent: string;
  readonly spinner: readonly string[];
  readonly cursor: string;
  readonly more: string;
  /** Between two panes. */
  readonly pane: string;
}

const drawn: Glyphs = {
  rule: '─', here: '❯', done: '✓', failed: '✗', absent: '-', cursor: '█', more: '…', pane: '│',
  spinner: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'],
};

const typed: Glyphs = { rule: '-', here: '>', done: 'ok', failed: 'x', absent: '-', cursor: '', more: '...', pane: '|', spinner: ['*'] };

export const glyphs = (ascii: boolean): Glyphs => (ascii ? typed : drawn);
