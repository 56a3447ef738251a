// A worker, because timers of a page in the background are slowed down and these are not.
setInterval(() => postMessage('beat'), 10000);
