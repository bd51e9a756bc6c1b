// Explanations are imported as text: by the bundle's loader, and by scripts/md-hook.mjs when the sources run unbundled.
declare module '*.md' {
  const text: string;
  export default text;
}
