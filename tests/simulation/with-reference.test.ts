import { describe } from "vitest";
import { simulate } from "./simulation";

describe("with a reference field", () => simulate(1, 1000, true));
