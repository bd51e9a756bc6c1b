import type { Binding } from '../../keys.ts';
import { scrollKeys } from '../../scroll.ts';
import { searchKeys } from '../../search.ts';
import { goBack, quit } from '../common.ts';
import { explainContent, type ExplainScreen } from './state.ts';

export const explainKeys: readonly Binding<ExplainScreen>[] = [
  ...searchKeys<ExplainScreen>(explainContent),
  ...scrollKeys<ExplainScreen>((screen, wizard) => explainContent(screen, wizard).length),
  quit(),
  { ...goBack<ExplainScreen>(), keys: ['esc', 'e'] },
];
