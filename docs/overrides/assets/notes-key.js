// Under which key the notes on a document are kept: the archive is named by its path, so that two of one host do not mix.
export const root = new URL("..", import.meta.url);
export const KEPT = `notes ${root.pathname} `;
export const keyOf = (document) => KEPT + document;
