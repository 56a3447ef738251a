// Light, dark or as the system says; kept on this computer.
import { signal } from '../vendor/ui.js';

const PLACE = 'h189.theme';
/** 'system' | 'light' | 'dark' */
export const theme = signal(localStorage.getItem(PLACE) ?? 'system');
export const applyTheme = () => {
  document.documentElement.dataset.theme = theme.peek();
};
/** @param {string} next */
export const setTheme = (next) => {
  theme.value = next;
  localStorage.setItem(PLACE, next);
  applyTheme();
};
