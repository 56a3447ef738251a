// A phone without sound, for training and tests: it says what a real one would say.

/** @param {import('./driver.js').Tell} tell @returns {import('./driver.js').Driver} */
export const make = (tell) => ({
  start: async () => tell('ready'),
  connect: async () => {
    tell('connecting');
    await Promise.resolve();
    tell('live');
  },
  mute: () => {},
  sendDigits: () => {},
  leave: () => tell('ready'),
  stop: () => tell('off'),
});
