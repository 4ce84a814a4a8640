import type { WireRequest } from "../../core/wire";

/** The address that the client used, for links in answers. */
export const addressOf = ({ headers }: WireRequest): string => `http://${headers.host ?? "127.0.0.1"}`;
