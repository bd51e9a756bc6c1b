/** A finding is left as it is, on purpose. */
export const ignore = {
  title: 'Ignore',
  promise: 'It stays as it is and is not counted any more, here and in scan. The reason stands in the project, for everybody who works on it. With a date it counts again after that day.',
  labels: { reason: 'Reason', until: 'Until' },
  hints: { reason: 'why it may stay as it is', until: 'a day like 2027-01-31; empty: for good' },
  writes: 'What enter writes:',
  dry: 'What it would write; a dry run writes nothing:',
  also: 'Ignored with it',
  noReason: 'A reason is needed: whoever reads it later has nothing else to go by.',
  dates: { form: 'The day is written like 2027-01-31, or left empty.', past: 'That day is over already.' },
  changed: 'The lines in .harden-tui.yaml were edited since, so they are left as they are.',
};
