// The two names the template library looks for when it is loaded; tests of modules draw nothing.
globalThis.document ??= { createTreeWalker: () => ({}), createComment: () => ({}) };
