// A telephone elsewhere: the carrier rings it and whoever picks up talks there; this page carries no sound.

/** @param {import('./driver.js').Tell} tell @returns {import('./driver.js').Driver} */
export const make = (tell) => ({
  start: async () => tell('ready'),
  connect: async () => {},
  mute: () => {},
  sendDigits: () => {},
  leave: () => tell('ready'),
  stop: () => tell('off'),
});
