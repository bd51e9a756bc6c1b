import { effectiveUser, type EffectiveUser } from '../files/dockerfile.ts';
import type { Shipped } from './service-files.ts';

/** The USER line that counts in the image that ships. */
export const effectiveUserOf = (s: Shipped): EffectiveUser | undefined => effectiveUser(s.stage, s.df);
