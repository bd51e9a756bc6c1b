import type { Kind, Screen } from './screen.ts';
import { applying } from './applying/screen.tsx';
import { commands } from './commands/screen.tsx';
import { confirm } from './confirm/screen.tsx';
import { diff } from './diff/screen.tsx';
import { done } from './done/screen.tsx';
import { explain } from './explain/screen.tsx';
import { finding } from './finding/screen.tsx';
import { findings } from './findings/screen.tsx';
import { ignore } from './ignore/screen.tsx';
import { help } from './help/screen.tsx';
import { history } from './history/screen.tsx';
import { least } from './least/screen.tsx';
import { looking } from './looking/screen.tsx';
import { message } from './message/screen.tsx';
import { plan } from './plan/screen.tsx';
import { projects } from './projects/screen.tsx';
import { question } from './question/screen.tsx';
import { rehearsal } from './rehearsal/screen.tsx';
import { run } from './run/screen.tsx';
import { takenBack } from './taken-back/screen.tsx';
import { trouble } from './trouble/screen.tsx';
import { undo } from './undo/screen.tsx';

const kinds: { readonly [N in Screen['name']]: Kind<Extract<Screen, { name: N }>> } = {
  looking, projects, question, findings, finding, least, diff, explain, ignore, commands, plan, rehearsal, confirm, applying, 'taken-back': takenBack, done, message, undo, history, run, help, trouble,
};

export const screenNames = Object.keys(kinds) as readonly Screen['name'][];

/** A screen's own keys and looks. The table above pairs every name with its state; one cast says what it has shown. */
export const kindOf = <S extends Screen>(screen: S): Kind<S> => kinds[screen.name] as unknown as Kind<S>;
