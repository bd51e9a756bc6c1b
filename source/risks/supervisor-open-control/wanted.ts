import type { Finding } from '../../model/finding.ts';
import type { Machine } from '../../model/machine.ts';
import { refuse, type Refusal } from '../../model/risk.ts';
import { text } from '../../model/text.ts';
import { doors, type Door } from '../../settings/supervisord-doors.ts';

export const doorOf = (finding: Finding, machine: Machine): Door | Refusal =>
  doors(machine).find((d) => d.file.path === finding.detail['file'] && d.section.name === finding.detail['section']) ?? refuse(text('it is not there any more', '它已不存在'));

/** Files here that speak to the port by its number: a health check, a script. */
export const speakers = (machine: Machine, { port, file }: Door): readonly string[] =>
  port === undefined ? [] : [...machine.files.values()].filter((f) => f !== file && new RegExp(`(?:localhost|127\\.0\\.0\\.1):${port}\\b`).test(f.text)).map((f) => f.path);
