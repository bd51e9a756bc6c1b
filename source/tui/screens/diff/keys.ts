import type { Binding } from '../../keys.ts';
import { scrollKeys } from '../../scroll.ts';
import { searchKeys } from '../../search.ts';
import { calls, goBack, quit } from '../common.ts';
import { diffContent, type DiffScreen } from './state.ts';

export const diffKeys: readonly Binding<DiffScreen>[] = [
  ...searchKeys<DiffScreen>(diffContent),
  ...scrollKeys<DiffScreen>((screen, wizard) => diffContent(screen, wizard).length),
  calls(),
  quit(),
  goBack(),
];
