// The npm package `emulate` as a stateful Slack that sends its events to an address of ours, which its own command
// line has no switch for. Prints `ready` once it is up; for each line on standard input it goes back to its seed.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createEmulator } from 'emulate';
import { parse } from 'yaml';

const [port, seedFile, eventsUrl] = process.argv.slice(2);
const dist = path.join(path.dirname(fileURLToPath(import.meta.url)), 'node_modules', 'emulate', 'dist');
const isSlack = (file) => file.startsWith('dist-') && file.endsWith('.js')
  && readFileSync(path.join(dist, file), 'utf8').includes('slackPlugin\n};');
// The very module that createEmulator() loads: what is changed here is what runs.
const { slackPlugin } = await import(pathToFileURL(path.join(dist, readdirSync(dist).find(isSlack))));

let hooks;
const register = slackPlugin.register;
slackPlugin.register = (app, store, webhooks, ...rest) => {
  hooks = webhooks;
  register.call(slackPlugin, app, store, webhooks, ...rest);
};
const seed = slackPlugin.seed;
slackPlugin.seed = (...all) => {
  seed.apply(slackPlugin, all);
  hooks.register({ url: eventsUrl, events: ['*'], active: true, owner: 'slack' });
};
const emulator = await createEmulator({
  service: 'slack', port: Number(port), seed: parse(readFileSync(seedFile, 'utf8')),
});
console.log('ready');
createInterface({ input: process.stdin }).on('line', async () => { await emulator.reset(); console.log('reset'); })
  .on('close', () => process.exit(0));
process.on('SIGTERM', async () => { await emulator.close(); process.exit(0); });
