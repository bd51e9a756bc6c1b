import type { Store } from './store.ts';

/** What was heard at once, then at most so often: a build's log would draw a picture for each of its lines. */
export function unhurried(subscribe: Store['subscribe'], ms = 33): Store['subscribe'] {
  return (listener) => {
    let timer: NodeJS.Timeout | undefined;
    let again = false;
    const rest = (): void => {
      timer = undefined;
      if (again) heard();
    };
    const heard = (): void => {
      again = timer !== undefined;
      if (again) return;
      timer = setTimeout(rest, ms);
      listener();
    };
    const over = subscribe(heard);
    return () => {
      clearTimeout(timer);
      over();
    };
  };
}
