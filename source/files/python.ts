// placeholder until the real parser lands
export interface Assignment { readonly target: string; readonly name: string; readonly value?: unknown; readonly valueSpan: { start: number; end: number } }
export const assignments = (_text: string): readonly Assignment[] => [];
