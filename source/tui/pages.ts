/** What `w` writes: a report, or on the plan's own screen the plan. */
export type Page = 'report' | 'plan';

/** Files of the person's own, under names that are free: nothing that lies there is written over. */
export interface Pages {
  /** Where it would be written; it is asked before it is done. */
  place(page: Page): Promise<string>;
  /** Writes it, and gives the name that it has. */
  write(page: Page, content: string): Promise<string>;
}
