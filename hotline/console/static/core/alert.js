// Everything that calls for attention: sounds, the title, the icon of the tab, notifications. Never a name or number.
import { computed, effect, signal } from '../vendor/ui.js';
import { expiring, link, offerList, offers } from './store.js';
import { t } from './i18n.js';

const RING_MS = 3000;
const CHAT_MS = 10000;
const LOUDER_MS = 10000;
const LOST_MS = 5000;

const SOUNDS = ['ring', 'two-tone', 'tick', 'chime', 'low'];

export const soundOn = signal(false);
/** What the browser lets the page show while it is hidden: default (not asked yet), granted, denied, none. */
export const noticeRight = signal(typeof Notification === 'undefined' ? 'none' : Notification.permission);
export const askNoticeRight = async () => { noticeRight.value = await Notification.requestPermission(); };
export const volume = signal(Number(localStorage.getItem('h189.volume') ?? '0.7'));
volume.subscribe((v) => localStorage.setItem('h189.volume', String(v)));

/** @type {Map<string, HTMLAudioElement>} */
const sounds = new Map();
let statics = '';

/** @param {string} name @param {number} [loud] */
export const play = (name, loud = 1) => {
  const sound = sounds.get(name);
  if (!soundOn.peek() || !sound) return Promise.resolve(false);
  sound.currentTime = 0;
  sound.volume = Math.min(1, volume.peek() * loud);
  return sound.play().then(() => true, () => false);
};
/** @param {string} name */
const silence = (name) => sounds.get(name)?.pause();

/** Called from a click or a key: from now on the page may make a sound. */
export const unlock = () => {
  soundOn.value = true;
};

/** @param {string} text @param {boolean} stays */
const notify = (text, stays) => {
  if (!document.hidden || typeof Notification === 'undefined' || Notification.permission !== 'granted') return null;
  const note = new Notification(text, { tag: 'h189', requireInteraction: stays });
  note.onclick = () => { focus(); note.close(); };
  return note;
};

const ring = () => {
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;
  /** @type {Notification | null} */
  let note = null;
  let mode = '';
  effect(() => {
    const kinds = offerList.value.map((o) => o.kind);
    const next = kinds.includes('call') ? 'call' : kinds.length ? 'chat' : '';
    if (next === mode) return;
    mode = next;
    clearInterval(timer);
    silence('ring');
    silence('two-tone');
    note?.close();
    document.documentElement.dataset.ringing = mode;
    if (!mode) return;
    const began = Date.now();
    const call = mode === 'call';
    const once = () => play(call ? 'ring' : 'two-tone', Date.now() - began > LOUDER_MS ? 1 : 0.67);
    once();
    timer = setInterval(once, call ? RING_MS : CHAT_MS);
    note = notify(call ? t('alert-call') : t('alert-chat'), true);
  });
};

const title = () => {
  const icon = /** @type {HTMLLinkElement | null} */ (document.querySelector('link[rel=icon]'));
  let odd = false;
  const draw = () => {
    const list = [...offers.peek().values()];
    const word = list.some((o) => o.kind === 'call') ? t('alert-title-call') : list.length ? t('alert-title-chat') : '';
    odd = !odd;
    const plain = link.peek() === 'offline' ? `\u26a0 ${t('app-name')}` : t('app-name');
    document.title = word && (odd || !document.hidden) ? word : plain;
    const want = `${statics}favicon${list.length ? '-dot' : ''}.svg`;
    if (icon && icon.getAttribute('href') !== want) icon.setAttribute('href', want);
  };
  effect(() => { offers.value.size; link.value; draw(); });
  setInterval(draw, 1000);
};

const lost = () => {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  effect(() => {
    const down = link.value === 'offline';
    clearTimeout(timer);
    if (down) timer = setTimeout(() => play('low'), LOST_MS);
  });
};

/** The end of the session is near: heard once, however often it is said. */
const warn = () => computed(() => Boolean(expiring.value)).subscribe((near) => {
  if (!near) return;
  play('chime');
  notify(t('expiring-title'), true);
});

/** @param {string} base address of the static files */
export const startAlerts = (base) => {
  statics = base;
  // Now, because after an update of the server this address is gone.
  for (const name of SOUNDS) {
    const sound = new Audio(`${statics}sounds/${name}.wav`);
    sound.preload = 'auto';
    sounds.set(name, sound);
  }
  warn();
  ring();
  title();
  lost();
};

/** A message in an own chat. @param {boolean} open the chat is the one on the screen */
export const messageCame = (open) => {
  if (open && !document.hidden) return;
  play('tick');
  notify(t('alert-message'), false);
};
/** Somebody in an own chat waits long for an answer. */
export const answerOwed = () => {
  play('two-tone');
  notify(t('alert-message'), false);
};
/** A new escalation, or its next step. */
export const escalationCame = () => {
  play('chime');
  notify(t('alert-escalation'), true);
};
/** The person of a sealed case waits. */
export const personBack = () => {
  play('chime');
  notify(t('alert-back'), true);
};
/** A callback was not kept: a supervisor is to decide. */
export const decisionCame = () => {
  play('chime');
  notify(t('alert-undecided'), true);
};
/** Nothing arrives here any more. */
export const sessionOver = () => {
  play('low');
  notify(t('ended-title'), true);
};
