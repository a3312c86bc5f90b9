import { Command, Option } from "commander";
import { runImport } from "./import.ts";
import { makeApiKey } from "./key.ts";
import { Failure } from "./rest.ts";
import { runVerify } from "./verify.ts";

const program = new Command("halyard").description("Manage a Halyard server from the command line.").version("0.1.0");

program
  .command("import")
  .description("Import a list of flags, a Flagsmith feature export, or a Flagsmith environment document. All or nothing.")
  .argument("<file>", "the JSON file, or - for standard input")
  .requiredOption("--project <organisation/project>", "where to")
  .addOption(new Option("--url <address>", "the server").env("HALYARD_URL").default("http://localhost:8000"))
  .addOption(new Option("--api-key <key>", "an API key with the role admin").env("HALYARD_API_KEY").makeOptionMandatory())
  .addOption(
    new Option("--format <form>", "the file's form, if it is not to be found out").choices([
      "flag-list",
      "flagsmith-features",
      "flagsmith-environment",
    ]),
  )
  .addOption(new Option("--duplicates <what>", "a second entry of a name").choices(["skip", "rename"]).default("skip"))
  .addOption(new Option("--existing <what>", "a flag that exists").choices(["skip", "overwrite"]).default("skip"))
  .option("--environment <slug>", "the only environment that gets the file's states")
  .option("--environment-name <name>", "name of the environment that an environment document makes")
  .option("--dry-run", "report what would happen and change nothing", false)
  .option("--json", "print the report as JSON", false)
  .action(runImport);

program
  .command("key")
  .description("Print a new API key for HALYARD_INIT_API_KEY.")
  .action(() => console.log(makeApiKey()));

program
  .command("verify")
  .description("Check that nobody has edited the histories or the audit log; names the first row that was touched and fails.")
  .requiredOption("--organisation <slug>", "whose")
  .option("--heads <folder>", "signed heads that were kept outside, to compare with")
  .addOption(new Option("--url <address>", "the server").env("HALYARD_URL").default("http://localhost:8000"))
  .addOption(new Option("--api-key <key>", "an API key of an administrator").env("HALYARD_API_KEY").makeOptionMandatory())
  .action(runVerify);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
