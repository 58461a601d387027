// Compiles Ink source on standard input to the JSON that Ink runtimes load, on standard output.
// Visit counts are left off, as inkle's own compiler leaves them: the fastest setting for the peer.
import { readFileSync } from "node:fs";
import { Compiler, CompilerOptions } from "inkjs/full";

const complaints = [];
const options = new CompilerOptions(null, [], false, (message) => complaints.push(message));
const story = new Compiler(readFileSync(0, "utf8"), options).Compile();
if (complaints.length > 0) {
  console.error(complaints.join("\n"));
  process.exitCode = 1;
} else {
  process.stdout.write(story.ToJson());
}
