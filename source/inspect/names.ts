/** `Dockerfile`, `Containerfile`, `Dockerfile.dev`, `web.dockerfile`; not their ignore files. */
export const isDockerfile = (path: string): boolean => /(^|\/)(Dockerfile|Containerfile)(\.[^/]+)?$|\.(dockerfile|containerfile)$/i.test(path) && !/\.dockerignore$/i.test(path);
