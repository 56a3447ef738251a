// The risk as the ticks make it, always with its reasons; with any of them, raising an escalation is one press away.
import { html, nothing } from '../vendor/ui.js';
import { risk } from '../core/form.js';
import { label, t } from '../core/i18n.js';
import { icon } from '../parts/icon.js';
import * as words from '../parts/words.js';
import { escalateDialog } from './escalate.js';

const WHY = /** @type {Record<string, () => string>} */ ({ now: () => t('risk-why-now'), intake: () => t('risk-why-intake'), topic: () => t('risk-why-topic') });

/** @param {string} id @param {import('../core/types').Form} form @param {(name: string) => any} values @param {boolean} danger */
export const riskBox = (id, form, values, danger) => {
  const r = risk(form, values, danger);
  const reasons = [...r.why.map((w) => WHY[w]()), ...r.signs.map((s) => label(s.labels))];
  const grave = r.level === 'high' || r.level === 'immediate';
  return html`<div class="risk ${r.level}" data-testid="risk" data-level=${r.level} role="status">
    <p>${icon(grave ? 'siren' : r.level === 'raised' ? 'shield-alert' : 'shield-check')} <b>${t('risk-title')}: ${words.riskLevel(r.level)}</b></p>
    ${reasons.length ? html`<p class="small" data-testid="risk-reasons">${reasons.join(' + ')}</p>` : nothing}
    ${r.level !== 'none' ? html`<button type="button" class=${grave ? 'danger' : 'ghost'} data-testid="risk-escalate" @click=${() => escalateDialog(id)}>${icon('siren')} ${t('case-escalate')}</button>` : nothing}
  </div>`;
};
