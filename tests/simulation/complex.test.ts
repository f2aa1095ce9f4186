import { describe } from "vitest";
import { simulate } from "./simulation";

describe("by /leads/complex, with a reference field", () => simulate(1, 100, true, true));
