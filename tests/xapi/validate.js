// Reads a JSON array of xAPI statements and prints what is wrong with them, a line each; silent where all is right.
const validate = require("@learninglocker/xapi-validation").default;

const statements = JSON.parse(require("fs").readFileSync(0, "utf8"));
const wrong = statements.flatMap((statement, index) =>
  validate(statement).map((warning) => `${index} ${warning.path.join(".")}: ${warning.name}`),
);
wrong.forEach((line) => console.log(line));
process.exitCode = wrong.length ? 1 : 0;
