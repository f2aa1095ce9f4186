import { describe } from "vitest";
import { simulate } from "./simulation";

describe("without a reference field", () => simulate(100_001, 1000, false));
