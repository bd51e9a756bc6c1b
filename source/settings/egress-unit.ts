import type { Change } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import { refuse, type Refusal } from '../model/risk.ts';
import { text } from '../model/text.ts';
import { broker } from './broker.ts';
import type { Program } from './program.ts';
import { setUnitLines } from './unit-edit.ts';
import { unitEntries } from './unit.ts';

/** `IPAddressDeny=` says something: what the service may reach is a list already. */
export const denies = (program: Program): boolean => program.unit !== undefined && unitEntries(program.unit, 'Service', 'IPAddressDeny').length > 0;

const LOCAL = /^(?:localhost|127\.[\d.]+|\[?::1\]?)$/;
const ADDRESS = /^(?:\d{1,3}\.){3}\d{1,3}$|^\[[0-9a-f:]+\]$/i;

/** Everything is refused but the machine itself and the broker, which has to be named by address. */
export function denyAllBut(machine: Machine, program: Program): readonly Change[] | Refusal {
  if (!program.unit) return refuse(text('only for a systemd unit', '只适用于 systemd unit'));
  const host = broker(machine, [program.service], '')?.host;
  if (host === undefined) return refuse(text('its broker could not be told, so it would be cut off from it', '看不出它的消息队列在哪里，改了会断开'));
  if (!LOCAL.test(host) && !ADDRESS.test(host)) return refuse(text(`systemd wants an address: ${host} is a name`, `systemd 要的是地址：${host} 是名字`));
  const allow = LOCAL.test(host) ? 'localhost' : `localhost ${host.replace(/[[\]]/g, '')}`;
  return setUnitLines(program.unit, [{ section: 'Service', key: 'IPAddressDeny', value: 'any' }, { section: 'Service', key: 'IPAddressAllow', value: allow }], '20-egress.conf');
}
