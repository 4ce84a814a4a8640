import type { Route } from "../gateway/operation";
import { directoryRoutes } from "./directoryRoutes";
import { tokenRoutes } from "./tokenRoutes";

/** Identities: tokens, projects, domains, regions, the catalogue. */
export const iamRoutes: readonly Route[] = [...tokenRoutes, ...directoryRoutes];
