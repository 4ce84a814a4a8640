import { groups } from "../../report/changes.ts";
import { itKeepsPromisesOf } from "./promises.ts";

itKeepsPromisesOf(groups.images, "images");
