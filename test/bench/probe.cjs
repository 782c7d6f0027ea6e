'use strict';
// Loaded into each measured process before its program (`node --expose-gc --require`), into ours and the other alike,
// so that what it costs cancels out. Answers `usage`, and `settled` once nothing more can be collected.

process.on('message', (question) => {
  if (question === 'settled') void settle().then(answer);
  else answer();
});
// Whoever measures is gone.
process.on('disconnect', () => process.exit());

function answer() {
  const { user, system } = process.cpuUsage();
  process.send({ cpuMicros: user + system, residentBytes: process.memoryUsage.rss() });
}

/** What one collection sets free may hold on to more until its turn of the event loop is over. */
async function settle() {
  for (let round = 0; round < 5; round += 1) {
    global.gc();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
