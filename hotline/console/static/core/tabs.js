// One tab leads: a Web Lock decides which, and keeps the browser from freezing the page during a shift.

const NAME = 'h189-desk';

/**
 * @param {(leads: boolean) => void} onChange
 * @returns {{takeOver: () => void}}
 */
export const lead = (onChange) => {
  if (!navigator.locks) {
    onChange(true);
    return { takeOver: () => {} };
  }
  const hold = () => new Promise(() => {});
  /** @param {LockOptions} options */
  const ask = (options) => navigator.locks.request(NAME, options, (lock) => {
    onChange(Boolean(lock));
    return lock ? hold() : undefined;
  }).catch(() => onChange(false));
  ask({ ifAvailable: true });
  return { takeOver: () => { ask({ steal: true }); } };
};
