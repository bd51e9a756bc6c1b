import { parseDotenv, values } from '../files/dotenv.ts';
import type { Change } from '../model/change.ts';
import { generated } from '../model/generated.ts';
import type { Machine } from '../model/machine.ts';
import { isRefusal, refuse, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { speakersTo, type Speaker } from './broker-clients.ts';
import { addFlags, all, inEnvFile, mainFile, unreachable, valuesOf, withLogin, type InCompose } from './broker-edits.ts';
import { inDotenv, setEnvironment } from './broker-environment.ts';
import { leftOut } from './broker-left-out.ts';
import { secretName, type Login } from './broker-own-user.ts';
import type { BrokerService } from './broker-service.ts';
import { written } from './compose-services.ts';
import { editsOf } from './edit.ts';
import { keptOut } from './kept-out.ts';

/** One password for everybody: compose puts it from `.env` into the server's command and into the addresses. */
export function password(machine: Machine, broker: BrokerService): Login | Refusal {
  const speakers = speakersTo(machine, broker);
  const stuck = unreachable(machine, broker, speakers);
  if (stuck) return stuck;
  if (broker.kind === 'rabbitmq') return refuse(text('RabbitMQ has users, not one password: own-user', 'RabbitMQ 用的是用户，而不是单独的密码：请用 own-user'));
  if (broker.words.includes('--requirepass')) return refuse(text('its command has --requirepass already, without a value: give it one there', '它的命令里已有 --requirepass，只是没有值：请在那里给它一个'));
  const main = mainFile(machine, broker.service);
  if (!main) return refuse(text('it was not started by compose', '它不是由 compose 启动的'));
  const secret = secretName(broker.service);
  const variable = `${secret.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_PASSWORD`;
  const directory = broker.service.compose?.directory ?? '';
  const dotenv = directory ? `${directory}/.env` : '.env';
  const login = `:\${${variable}}`;
  const there = machine.files.get(dotenv);
  const known = there !== undefined && Boolean(values(parseDotenv(there.text))[variable]);
  const inPlace = speakers.filter((s) => s.by === 'env-file' || s.by === 'dotenv');
  // An env file is not filled in by every compose: it gets the value itself, which must then be ours.
  if (known && inPlace.length > 0) return refuse(text(`${variable} is in ${dotenv} already, and ${inPlace[0]?.file.path ?? ''} would have to repeat it`, `${dotenv} 里已有 ${variable}，而 ${inPlace[0]?.file.path ?? ''} 也得再写一遍`));
  const composed = speakers.filter((s) => !inPlace.includes(s));
  const addressed = (s: Speaker): string => withLogin(s.address, login);
  const clients = [...new Set(composed.flatMap((s) => s.services))];
  const given = clients.map((c) => ({ c, values: valuesOf(composed.filter((s) => s.services.includes(c)), addressed) }));
  const set = given.flatMap(({ c, values: v }) => (isRefusal(v) ? [v] : setEnvironment(machine, c, v)));
  const own = written(machine.files, broker.service.compose ?? NOWHERE);
  const checks = own.some((w) => w.service.healthcheck?.test?.text.includes('redis-cli'));
  const filledIn = (name: string): ReadonlyMap<string, string> => new Map([[name, `\${${variable}}`]]);
  const server = broker.image === 'bitnami' ? bitnami(own, variable) : [addFlags(machine, broker, ['--requirepass', `\${${variable}}`]), ...(checks ? setEnvironment(machine, broker.service, filledIn('REDISCLI_AUTH')) : [])];
  const changes = all([
    ...server,
    ...set,
    ...inPlace.map((s) => inEnvFile(s, withLogin(s.address, `:${generated(secret)}`))),
    ...inDotenv(machine, dotenv, variable, secret),
    ...keptOut(machine, [dotenv, ...inPlace.map((s) => s.file.path)]),
  ]);
  if (isRefusal(changes)) return changes;
  const names = [...new Set(speakers.flatMap((s) => s.services.map((c) => c.name)))];
  return leftOut(machine, broker, names, changes) ?? { changes, clients: names };
}

const NOWHERE = { project: '', files: [], service: '', directory: '', envFiles: [] };

/** The image's own variable, in the place of the one that lets it start without. */
function bitnami(own: readonly InCompose[], variable: string): readonly (Change | Refusal)[] {
  const holder = own.find((w) => w.service.environment.some((e) => e.name === 'ALLOW_EMPTY_PASSWORD'));
  const old = holder?.service.environment.find((e) => e.name === 'ALLOW_EMPTY_PASSWORD');
  if (!holder || !old || old.shared || old.merged) return [refuse(text('where it is allowed to have no password can\'t be edited safely', '允许它不设密码的那一处无法安全编辑'))];
  const value = `\${${variable}}`;
  return [editsOf(holder.file, [{ ...old.span, text: old.style === 'map' ? `REDIS_PASSWORD: "${value}"` : `REDIS_PASSWORD=${value}` }])];
}
