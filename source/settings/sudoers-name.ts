/** Endings of templates and of notes: what is in them is no sudoers yet. */
const OTHER = /\.(?:md|txt|py|sh|json|ya?ml|toml|j2|jinja2?|tpl|tmpl|erb|html?|[cm]?[jt]sx?|rst|bak|orig|log|lock|conf\.d)$/i;

/** `sudoers`, `sudoers.shop`, `shop.sudoers`, and whatever lies in a folder `sudoers.d`. */
export const isSudoers = (path: string): boolean => !OTHER.test(path) && !/~$/.test(path) && /(?:^|\/)(?:sudoers(?:[.-][^/]+)?|[^/]+\.sudoers|sudoers\.d\/[^/]+)$/.test(path);
