import type { WireRequest } from "../../core/wire";

/** The address by which the client came, for the links that services write into their answers. */
export const addressOf = ({ headers }: WireRequest): string => `http://${headers.host ?? "127.0.0.1"}`;
