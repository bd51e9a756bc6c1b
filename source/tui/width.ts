import { fit, squeeze } from '../report/fit.ts';
import { graphemes, pad, width } from '../report/width.ts';

export { fit, graphemes, pad, squeeze, width };

/** Fitted and filled up: exactly so many columns. */
export const cell = (text: string, columns: number, more?: string): string => pad(fit(text, columns, more), columns);
