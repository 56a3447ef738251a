// The microphone, asked for once at the start of a shift: a call is not spent on a question of the browser.

/** Throws what the browser says when there is none, or when it is refused. */
export const askMicrophone = async () => {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  stream.getTracks().forEach((track) => track.stop());
};
