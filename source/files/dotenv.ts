// placeholder until the real parser lands
export const parseDotenv = (text: string): { entries: readonly { name: string; value: string }[] } => ({ entries: text.split('\n').flatMap((l) => { const m = /^(\w+)=(.*)$/.exec(l); return m ? [{ name: m[1] ?? '', value: m[2] ?? '' }] : []; }) });
