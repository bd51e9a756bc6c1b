import type { Service } from '../../model/service.ts';
import { text } from '../../model/text.ts';
import { macOptions } from '../../settings/mac-options.ts';
import { containersOf, type Witness } from './witness.ts';

/** As its container alone has it: the file was changed before. */
const withoutCompose = ({ compose: _, ...service }: Service): Service => service;

/** No option on the new container, and a host that has something to confine it with. */
export const confined: Witness<'confined'> = async ({ service }, machine) => {
  const [container] = containersOf(machine, service);
  const own = machine.services.find((s) => s.name === service);
  const mac = machine.docker?.mac;
  if (!container || !own) return { outcome: 'cannot-tell', text: text(`${service} does not run`, `${service} 没有在运行`) };
  const [left] = macOptions(machine, withoutCompose(own));
  if (left) return { outcome: 'left', text: text(`${service} still has ${left.value}`, `${service} 有 ${left.value}`) };
  if (mac === undefined || mac === 'none') return { outcome: 'cannot-tell', text: text('the option is gone; this host has no AppArmor and no SELinux', '选项已去掉；但本机没有 AppArmor，也没有 SELinux') };
  const name = mac === 'apparmor' ? 'AppArmor' : 'SELinux';
  return { outcome: 'gone', text: text(`no option takes ${service} out of ${name} any more, which this host has`, `没有选项再让 ${service} 脱离本机的 ${name}`) };
};
