// Loaded into the processes that the scripts start: they end when the script
// that started them is gone, even when it was killed.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(1), 3000).unref();
  }
}, 1000).unref();
