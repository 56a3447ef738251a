// Icons from the one sprite; always beside a word or inside something that has a name.
import { html } from '../vendor/ui.js';
import { boot } from '../core/app.js';

/** @param {string} name @param {string} [kind] extra class */
export const icon = (name, kind = '') => html`<svg class="icon ${kind}" aria-hidden="true" focusable="false"><use href="${boot.statics}icons.svg#${name}"></use></svg>`;
/** @param {string} channel */
export const channelIcon = (channel) => icon(({ voice: 'phone', telegram: 'send', sms: 'message-square' })[channel] ?? 'message-circle', 'channel');
