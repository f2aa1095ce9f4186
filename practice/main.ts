import { parseArgs } from "node:util";
import { startPractice } from "./server.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4000" },
    host: { type: "string", default: "127.0.0.1" },
    state: { type: "string" },
    control: { type: "string" },
  },
});

const practice = await startPractice({
  port: Number(values.port),
  host: values.host,
  stateFile: values.state,
  controlPort: values.control === undefined ? undefined : Number(values.control),
});

console.log(
  `Practice Kommo: ${practice.url}\nKOMMO_BASE_URL=${practice.url}\nKOMMO_API_TOKEN=${practice.token}`,
);
if (practice.controlUrl) console.log(`Control: ${practice.controlUrl}`);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => practice.close().then(() => process.exit(0)));
}
