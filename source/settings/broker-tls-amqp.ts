import { addStatement, celeryApps, parsePython, stringLike, type PythonModule } from '../files/python.ts';
import { eol, type Edits } from '../files/span.ts';
import type { EditFile } from '../model/change.ts';
import type { Machine, SourceFile } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import type { Service } from '../model/service.ts';
import { spaced, text } from '../model/text.ts';
import { several } from './broker-edits.ts';
import { applicationFiles } from './celery.ts';
import { carriersOf } from './serializers.ts';
import { lastWord } from './signing.ts';

/** `import ssl` among the imports at the top, and the name that it has there. */
function imported(module: PythonModule): { readonly name: string; readonly edits: Edits } | undefined {
  const there = module.imports.find((i) => i.module === 'ssl' && i.name === undefined);
  if (there) return { name: there.as, edits: [] };
  const first = module.imports.find((i) => i.module !== '__future__' && (i.span.start === 0 || module.text[i.span.start - 1] === '\n'));
  if (!first) return undefined;
  const newline = eol(module.text);
  // What is the language's own stands apart from what was installed.
  return { name: 'ssl', edits: [{ start: first.span.start, end: first.span.start, text: `import ssl${newline}${first.module.startsWith('celery') ? newline : ''}` }] };
}

function saidBy(file: SourceFile, ca: string): EditFile | Refusal {
  const apps = celeryApps(file.text);
  const [app] = apps;
  if (app === undefined || apps.length > 1) return refuse(text(`${file.path} makes ${apps.length} applications`, `${file.path} 创建了 ${apps.length} 个应用`));
  const module = parsePython(file.text);
  const ssl = imported(module);
  if (!ssl) return refuse(text(`${file.path}: no import at its top to put "import ssl" beside`, `${file.path}：开头没有 import，不知道把 “import ssl” 放在哪里`));
  const quoted = (word: string): string => stringLike(module, word, module.calls.find((c) => c.callee === 'Celery' || c.method === 'Celery')?.args.find((a) => a.value.kind === 'string')?.value);
  // Without a server_hostname any certificate of that authority will do; None stands for the address's own (measured, amqp 5.1.1 and kombu 5.2.4).
  const options = [[quoted('ca_certs'), quoted(ca)], [quoted('cert_reqs'), `${ssl.name}.CERT_REQUIRED`], [quoted('server_hostname'), 'None']];
  const statement = [`${app}.conf.broker_use_ssl = {`, ...options.map(([key, value]) => `    ${key}: ${value},`), '}'].join(eol(file.text));
  return several(file, [ssl.edits, addStatement(module, statement, lastWord(file, app))]);
}

/** RabbitMQ's client takes the authority from options beside the address: every application of these services says them. */
export function asksWhoIsThere(machine: Machine, services: readonly Service[], ca: string): readonly (EditFile | Refusal)[] {
  const names = services.map((s) => s.name);
  const files = applicationFiles(machine).filter((f) => carriersOf(machine, f.path).some((s) => names.includes(s.name)));
  const silent = services.find((s) => !files.some((f) => carriersOf(machine, f.path).some((c) => c.name === s.name)));
  if (files.length === 0 || silent) return [refuse(text(`which application ${silent?.name ?? 'it'} runs can't be told, and RabbitMQ takes its certificate from the code`, `看不出${spaced(silent?.name ?? '它')}运行的是哪个应用，而 RabbitMQ 的证书要写在代码里`))];
  return files.map((f) => saidBy(f, ca));
}
