import { useAnimation } from 'ink';
import { createContext, useContext } from 'react';

/** The wizard's clock; tests bring their own. */
export const ClockContext = createContext<() => number>(() => performance.now());

/** Time and spinner of something that runs; both stand still when it does not. */
export function useTicking(active: boolean): { readonly now: number; readonly frame: number } {
  const now = useContext(ClockContext);
  const { frame } = useAnimation({ interval: 120, isActive: active });
  return { now: now(), frame };
}
