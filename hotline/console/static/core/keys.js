// The keyboard: F-keys and Ctrl only, matched by the physical key, so that no layout and no AltGr letter is eaten.

/** @typedef {{action: string, code: string, ctrl: boolean, shift: boolean}} Binding */
/** There is no key for ending a call, and there never will be one. @type {Binding[]} */
export const BINDINGS = [
  { action: 'answer', code: 'F2', ctrl: false, shift: false },
  { action: 'mute', code: 'F4', ctrl: false, shift: false },
  { action: 'next', code: 'F7', ctrl: false, shift: false },
  { action: 'previous', code: 'F7', ctrl: false, shift: true },
  { action: 'hold', code: 'F8', ctrl: false, shift: false },
  { action: 'finish', code: 'F9', ctrl: false, shift: false },
  { action: 'palette', code: 'KeyK', ctrl: true, shift: false },
  { action: 'help', code: 'Slash', ctrl: true, shift: false },
];

/** The key as it is printed on buttons. @param {Binding} b */
export const keyName = (b) => [b.ctrl ? 'Ctrl' : '', b.shift ? 'Shift' : '', b.code.replace(/^Key/, '').replace('Slash', '/')].filter(Boolean).join('+');

/** The action of a key event, or null. Actions named in `off` are switched off by the person. @param {Pick<KeyboardEvent, 'code'|'ctrlKey'|'shiftKey'|'altKey'|'metaKey'|'getModifierState'>} event @param {Set<string>} [off] */
export const actionOf = (event, off = new Set()) => {
  if (event.altKey || event.metaKey || event.getModifierState('AltGraph')) return null;
  const found = BINDINGS.find((b) => b.code === event.code && b.ctrl === event.ctrlKey && b.shift === event.shiftKey);
  return found && !off.has(found.action) ? found.action : null;
};

/** True for the keys that reload the page (the question is asked while a call is live). @param {Pick<KeyboardEvent, 'code'|'ctrlKey'>} event */
export const reloads = (event) => event.code === 'F5' || (event.ctrlKey && event.code === 'KeyR');

const PLACE = 'h189.keys-off';
export const switchedOff = () => new Set(/** @type {string[]} */ (JSON.parse(localStorage.getItem(PLACE) ?? '[]')));
/** @param {Set<string>} off */
export const storeOff = (off) => localStorage.setItem(PLACE, JSON.stringify([...off]));

/** @param {Record<string, () => void>} actions @param {() => boolean} asleep whether no key may do anything @param {() => boolean} guarded whether a reload must be asked about @param {() => void} ask */
export const listen = (actions, asleep, guarded, ask) => {
  addEventListener('keydown', (event) => {
    if (reloads(event) && guarded()) {
      event.preventDefault();
      ask();
      return;
    }
    const action = event.repeat || asleep() ? null : actionOf(event, switchedOff());
    if (!action || !actions[action]) return;
    event.preventDefault();
    actions[action]();
  });
};
