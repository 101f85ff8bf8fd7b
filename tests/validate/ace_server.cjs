// Ace for one book after another, in one process with one browser: reads lines {"book", "out"}, answers with the exit
// code of `ace -E` for each. Ace's folder is the argument.
const { createInterface } = require("node:readline");
const { createRequire } = require("node:module");

const load = createRequire(process.argv[2]);
const ace = load("@daisy/ace-core");
const runner = load("@daisy/ace-axe-runner-puppeteer");

let browser;
const kept = { ...runner, launch: () => (browser ??= runner.launch()), close: async () => {} };

(async () => {
  for await (const line of createInterface({ input: process.stdin })) {
    const { book, out } = JSON.parse(line);
    const options = { cwd: process.cwd(), outdir: out, silent: true, initLogger: true, lang: "en" };
    const code = await ace(book, options, kept).then(
      ([, report]) => (report["earl:result"]["earl:outcome"] === "fail" ? 2 : 0),
      () => 1,
    );
    process.stdout.write(`\n@${code}\n`);
  }
  if (browser) await runner.close();
  process.exit(0);
})();
