import type { Route } from "../gateway/operation";
import { directoryRoutes } from "./directoryRoutes";
import { tokenRoutes } from "./tokenRoutes";

/** Operations on identities: tokens, projects, domains, regions, the catalog. */
export const iamRoutes: readonly Route[] = [...tokenRoutes, ...directoryRoutes];
