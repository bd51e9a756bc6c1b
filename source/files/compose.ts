/**
 * Compose files: the services as they are written, each value with its place, and the edits that leave
 * every other byte alone. `extends`, `include` and several files over one another are the caller's.
 */
import type { ParseFault, Span } from './span.ts';
import type { Command } from './compose/command.ts';
import type { Port } from './compose/ports.ts';
import { readService } from './compose/service.ts';
import { entriesOf, get, scalarOf, scalarsOf } from './compose/read.ts';
import { readYaml, type Yaml, type YamlEntry, type YamlMap, type YamlScalar } from './compose/tree.ts';
import type { Volume } from './compose/volumes.ts';

export type { Command } from './compose/command.ts';
export { parsePort, type Port } from './compose/ports.ts';
export { interpolate, type Interpolated } from './compose/interpolate.ts';
export { at, booleanOf, scalarOf, scalarsOf } from './compose/read.ts';
export type { Yaml, YamlEntry, YamlItem, YamlList, YamlMap, YamlScalar } from './compose/tree.ts';
export type { Volume } from './compose/volumes.ts';
export { addListItem, addListItems, removeListItem } from './compose/list-edits.ts';
export { removeKey, setPath, setScalar } from './compose/edits.ts';
export { removeEnvironment, removePort, removeServiceKey, replacePort, setServiceKey } from './compose/service-edits.ts';

/** A single value: `value` with variables resolved, `raw` as written, `shared` and `interpolated` beside it. */
export type Scalar = YamlScalar;

export interface BooleanValue extends Span {
  /** undefined where it is neither, or hangs on an unknown variable. */
  readonly value: boolean | undefined;
  readonly shared: boolean;
  readonly interpolated: boolean;
}

export interface Build {
  readonly context?: Scalar;
  readonly dockerfile?: Scalar;
  readonly dockerfileInline?: Scalar;
  readonly target?: Scalar;
  readonly network?: Scalar;
  readonly args: readonly NamedValue[];
  /** `build: .` instead of a map. */
  readonly short: boolean;
  readonly span: Span;
  readonly shared: boolean;
}

/** One NAME and its value, of a map (`A: b`) or of a list (`- A=b`). */
export interface NamedValue {
  readonly name: string;
  /** undefined where only the name stands: the value comes from whoever starts compose. */
  readonly value?: string;
  readonly raw?: string;
  /** The value alone; undefined where there is none. */
  readonly valueSpan?: Span;
  readonly span: Span;
  /** All lines that the entry takes, their line endings included. */
  readonly lines: Span;
  readonly style: 'map' | 'list';
  readonly interpolated: boolean;
  readonly unresolved: boolean;
  readonly shared: boolean;
  readonly merged: boolean;
}

export interface Dependency {
  readonly name: string;
  readonly condition?: string;
  readonly span: Span;
}

export interface ServiceNetwork {
  readonly name: string;
  readonly aliases: readonly string[];
  /** `ipv4_address`: the same at every start. */
  readonly ipv4?: string;
  readonly span: Span;
}

export interface Healthcheck {
  readonly test?: Command;
  readonly disabled: boolean;
  readonly span: Span;
}

export interface Extends {
  readonly service: string;
  readonly file?: string;
  readonly span: Span;
}

export interface Service {
  readonly name: string;
  readonly keySpan: Span;
  readonly span: Span;
  /** The whole service is an alias, or is anchored and used elsewhere too. */
  readonly shared: boolean;
  /** Everything, for keys that have no reader of their own: see `at(service.node, 'deploy', 'resources')`. */
  readonly node: Yaml;
  readonly keys: ReadonlyMap<string, YamlEntry>;
  readonly build?: Build;
  readonly image?: Scalar;
  readonly containerName?: Scalar;
  readonly platform?: Scalar;
  readonly user?: Scalar;
  readonly workingDir?: Scalar;
  readonly command?: Command;
  readonly entrypoint?: Command;
  readonly ports: readonly Port[];
  readonly expose: readonly Scalar[];
  readonly volumes: readonly Volume[];
  readonly environment: readonly NamedValue[];
  readonly envFile: readonly Scalar[];
  readonly dependsOn: readonly Dependency[];
  readonly networks: readonly ServiceNetwork[];
  readonly networkMode?: Scalar;
  readonly usernsMode?: Scalar;
  readonly pid?: Scalar;
  readonly ipc?: Scalar;
  readonly uts?: Scalar;
  readonly privileged?: BooleanValue;
  readonly readOnly?: BooleanValue;
  readonly init?: BooleanValue;
  readonly capAdd: readonly Scalar[];
  readonly capDrop: readonly Scalar[];
  readonly securityOpt: readonly Scalar[];
  readonly groupAdd: readonly Scalar[];
  readonly devices: readonly Scalar[];
  readonly tmpfs: readonly Scalar[];
  readonly sysctls: readonly NamedValue[];
  readonly labels: readonly NamedValue[];
  readonly profiles: readonly Scalar[];
  readonly restart?: Scalar;
  readonly healthcheck?: Healthcheck;
  readonly extends?: Extends;
  /** There is a `deploy` section. */
  readonly deploy: boolean;
}

/** A named volume, network, secret or config of the top level. */
export interface TopLevel {
  readonly name: string;
  readonly node: Yaml;
  readonly keySpan: Span;
  readonly external: boolean;
}

export interface ComposeFile {
  readonly text: string;
  readonly env: Readonly<Record<string, string>>;
  readonly root?: YamlMap;
  readonly name?: Scalar;
  readonly services: readonly Service[];
  readonly volumes: readonly TopLevel[];
  readonly networks: readonly TopLevel[];
  readonly secrets: readonly TopLevel[];
  readonly include: readonly Scalar[];
  readonly faults: readonly ParseFault[];
}

/** Reads any text; what makes no sense is in `faults`. `env` is what `${NAME}` is looked up in (.env, shell). */
export function parseCompose(text: string, env: Readonly<Record<string, string>> = {}): ComposeFile {
  const { root, faults } = readYaml(text, env);
  const top = (key: string): TopLevel[] =>
    entriesOf(get(root, key)).map(({ key: name, keySpan, value }) => {
      const external = get(value, 'external');
      return { name, node: value, keySpan, external: external?.kind === 'map' || scalarOf(external)?.value === 'true' };
    });
  const name = scalarOf(get(root, 'name'));
  return {
    text,
    env,
    ...(root?.kind === 'map' && { root }),
    ...(name && { name }),
    services: entriesOf(get(root, 'services')).map((entry) => readService(text, entry)),
    volumes: top('volumes'),
    networks: top('networks'),
    secrets: top('secrets'),
    include: scalarsOf(get(root, 'include'), 'path'),
    faults,
  };
}

export function service(file: ComposeFile, name: string): Service | undefined {
  return file.services.find((each) => each.name === name);
}
