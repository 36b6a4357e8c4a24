// Slack's own types of blocks and views as one JSON Schema: prints it.
import { createGenerator } from 'ts-json-schema-generator';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const types = path.join(here, 'node_modules', '@slack', 'types', 'dist', 'index.d.ts');
const schema = createGenerator({
  path: types, tsconfig: path.join(here, 'tsconfig.json'), type: '*', skipTypeCheck: true, additionalProperties: false,
}).createSchema('*');
writeFileSync(process.argv[2], JSON.stringify(schema));
