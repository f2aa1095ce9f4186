import { checkHouse } from "./rules.ts";

/** The rules of the layout that lint cannot see. Prints what breaks them and ends with 1. */
const problems = checkHouse();
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
