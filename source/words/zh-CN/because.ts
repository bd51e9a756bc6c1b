/** A reason that stands behind a colon of ours: its own colon becomes a comma, or one sentence would have two. */
export const because = (reason: string): string => reason.replace(/(?<=[\u4e00-\u9fff）”])：(?=[\u4e00-\u9fff“])/gu, '，');
