// Looking at a state by hand: node tests/page/fake/run.mjs [SCENARIO] [PORT], with web/dist built.
import { fileURLToPath } from 'node:url';
import { FakeServer } from './server.mjs';
import { scenarios, tables } from './scenarios.mjs';

const [name = 'verdict', port = '0'] = process.argv.slice(2);
const server = await new FakeServer(fileURLToPath(new URL('../../../web/dist', import.meta.url))).listen(Number(port));
server.tables = tables;
server.setAll(scenarios[name]);
console.log(server.url);
