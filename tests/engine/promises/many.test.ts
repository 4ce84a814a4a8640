import { groups } from "../../report/changes.ts";
import { itKeepsPromisesOf } from "./promises.ts";

itKeepsPromisesOf(groups.many, "300 resources");
