import { z } from "zod";
import { UserError } from "../core/apiError";
import { type Fault, fault } from "../core/faultRules";
import { problemsOf } from "../core/problems";
import { readDataFile } from "./dataFile";

/** Reads fault rules from YAML or JSON; the error names every problem. */
export function readFaults(path: string): Fault[] {
    const parsed = z.array(fault).safeParse(readDataFile("fault file", path));
    if (!parsed.success) throw new UserError(`invalid fault file ${path}: ${problemsOf(parsed.error)}`);
    return parsed.data;
}
