// What happened, in order: one line per event with its time and who did it.
import { html, nothing, repeat } from '../vendor/ui.js';
import { t } from '../core/i18n.js';
import * as fmt from '../core/fmt.js';
import * as words from './words.js';

/** Only what people understand is added to a line. @param {import('../core/types').TimelineItem} item */
const more = (item) => {
  const f = item.fields ?? {};
  const said = [words.language(/** @type {any} */ (f.language)), words.topic(/** @type {any} */ (f.topic)), words.outcome(/** @type {any} */ (f.outcome)),
    words.passReason(/** @type {any} */ (f.reason)), words.requeueReason(/** @type {any} */ (f.why)), words.kind(/** @type {any} */ (f.closed_kind)),
    words.caseResult(/** @type {any} */ (f.result)), typeof f.case === 'string' ? f.case : '', item.kind === 'campaign' && typeof f.code === 'string' ? f.code : '',
    item.kind === 'erased' ? t('tl-erased-counts', { deleted: Number(f.deleted), remaining: Number(f.remaining) }) : '', words.caseLevel(/** @type {any} */ (f.level)),
    item.kind === 'duty_sms' ? words.messageState(/** @type {any} */ (f.state)) : '', typeof f.text === 'string' ? f.text : ''];
  return said.filter(Boolean).join(' · ');
};

/** @param {import('../core/types').TimelineItem[]} items */
export const timeline = (items) => (items.length
  ? html`<ol class="timeline" data-testid="timeline">${repeat(items, (x, i) => x.id ?? i, (x) => html`<li><time>${fmt.moment(x.at)}</time>
      <span>${words.happened(x.kind) || t('tl-other')}${more(x) ? html` <span class="soft">${more(x)}</span>` : nothing}${x.staff ? html` <span class="soft">· ${x.staff}</span>` : nothing}</span></li>`)}</ol>`
  : html`<p class="soft">${t('timeline-none')}</p>`);
