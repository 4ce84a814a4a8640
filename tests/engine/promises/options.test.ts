import { groups } from "../../report/changes.ts";
import { itKeepsPromisesOf } from "./promises.ts";

itKeepsPromisesOf(groups.options, "options of the engine");
