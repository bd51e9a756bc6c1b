/** Endings that make a file something else: `dockerfile.ts` is a program, `Dockerfile.md` a text. */
const OTHER = /\.(?:[cm]?[jt]sx?|py|rb|go|rs|java|md|txt|sh|json|ya?ml|toml|html?|css|lock|orig|bak|dockerignore)$/i;

/** `Dockerfile`, `Containerfile`, `Dockerfile.dev`, `web.dockerfile`. */
export const isDockerfile = (path: string): boolean => !OTHER.test(path) && /(^|\/)(?:(?:[Dd]ockerfile|[Cc]ontainerfile)(?:\.[^/]+)?|[^/]+\.(?:dockerfile|containerfile))$/i.test(path);
