// node deploy/tools/validate.js FILE: every document of a rendered chart against the schemas of Kubernetes and KEDA; exit code 1 names those that fail.
import fs from 'node:fs';
import yaml from 'js-yaml';

const packages = ['kubernetes-models', '@kubernetes-models/keda'];
const here = new URL('.', import.meta.url).pathname;

async function schemaOf(document) {
  const [group, version] = document.apiVersion.includes('/') ? document.apiVersion.split('/') : ['', document.apiVersion];
  for (const name of packages) {
    const file = [here + 'node_modules', name, group, version, document.kind + '.js'].filter(part => part !== '').join('/');
    if (fs.existsSync(file)) {
      return (await import(file))[document.kind];
    }
  }
}

let failed = 0;
for (const document of yaml.loadAll(fs.readFileSync(process.argv[2], 'utf8')).filter(Boolean)) {
  const named = `${document.kind}/${document.metadata?.name}`;
  const Schema = await schemaOf(document);
  try {
    if (!Schema) throw new Error(`no schema for ${document.apiVersion}`);
    new Schema(document).validate();
    console.log(`${named} ok`);
  } catch (error) {
    failed++;
    console.log(`${named} INVALID: ${error.message}`);
  }
}
process.exit(failed ? 1 : 0);
