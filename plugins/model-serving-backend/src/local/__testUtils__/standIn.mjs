// Stands in for a server of a model: answers that it is well, or does worse.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';

const [port, , manner, childFile] = process.argv.slice(2);

if (manner === 'crash') {
  console.error('out of cheese');
  process.exit(7);
}
if (manner === 'stubborn') {
  process.on('SIGTERM', () => {});
  const child = spawn(process.execPath, [
    '-e',
    "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)",
  ]);
  fs.writeFileSync(childFile, String(child.pid));
}
http
  .createServer((_, response) => response.end('{}'))
  .listen(Number(port), '127.0.0.1');
