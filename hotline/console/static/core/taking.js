// Getting a contact in hand: an offer answered, or the queue; and what whoever was second is told.
import * as api from './api.js';
import { unlock } from './alert.js';
import { join, newId } from './app.js';
import { dropOffer, me, mine, presence, putCard, selected } from './store.js';
import { complain, toast } from './toasts.js';
import { offerEnd } from '../parts/words.js';

/** @param {import('./types').Offer} offer */
export const accept = async (offer) => {
  unlock();
  try {
    const { contact } = await api.post(`/api/offers/${offer.id}/accept`);
    dropOffer(offer.id);
    await begin(contact);
  } catch (error) {
    if (/** @type {any} */ (error).status === 409) dropOffer(offer.id);
    beaten(error);
  }
};
/** The contact is in hand. @param {import('./types').ContactCard} contact */
const begin = async (contact) => {
  // What the live socket told meanwhile is newer than this answer.
  if (!mine.peek().has(contact.id)) putCard(contact);
  selected.value = contact.id;
  if (contact.kind === 'call') await join(contact.id);
};
/** Own presses under way: what else is asked of whoever takes is withdrawn by that. */
let underWay = 0;
/** An offer went that nobody here answered or gave up. @param {import('./types').LiveEvent} e */
export const lost = (e) => e.reason !== 'accepted' && e.reason !== 'passed' && e.by !== me.peek()?.name && offerEnd(e)
  && (e.how !== 'withdrawn' || (!underWay && presence.peek()?.state === 'available'));
/** Whoever was second hears how it ended, and who was first. @param {any} error */
const beaten = (error) => {
  const said = error?.code === 'offer-gone' && offerEnd(error.body?.fields);
  if (said) toast(said, true);
  else complain(error);
};
/** Takes a contact that waits. The id of the offer is ours, so that this press counts once. @param {string} id */
export const take = async (id) => {
  unlock();
  underWay += 1;
  try {
    await begin((await api.post(`/api/queue/${id}/take`, { offer_id: newId() })).contact);
  } catch (error) {
    beaten(error);
  } finally {
    underWay -= 1;
  }
};
/** Offers a contact that waits to one colleague. @param {string} id @param {string} staff @returns {Promise<boolean>} whether they are asked now */
export const assign = async (id, staff) => {
  try {
    await api.post(`/api/queue/${id}/assign`, { staff_id: staff, offer_id: newId() });
    return true;
  } catch (error) {
    beaten(error);
    return false;
  }
};
/** @param {import('./types').Offer} offer @param {string} reason */
export const pass = async (offer, reason) => {
  try {
    await api.post(`/api/offers/${offer.id}/pass`, { reason });
    dropOffer(offer.id);
  } catch (error) {
    if (/** @type {any} */ (error).status === 409) dropOffer(offer.id);
    beaten(error);
  }
};
