/** The requests of the load client. Plain data, because it is sent to another process. */
export interface LoadPlan {
    readonly host: string;
    readonly connections: number;
    /** Ends after this time, or earlier when all prepared requests are sent. */
    readonly seconds: number;
    /** The number of requests to sign in advance. */
    readonly most: number;
    /** Sent in turn. "{n}" in a value is replaced with a number that is unique in the run. */
    readonly variants: readonly Readonly<Record<string, string>>[];
    readonly firstNumber: number;
    /** A text that each successful answer contains. */
    readonly expects: string;
    readonly protocol:
        | {
              readonly kind: "acs3";
              readonly key: { readonly id: string; readonly secret: string };
              readonly version: string;
              readonly action: string;
          }
        /** AWS query protocol; moto accepts any signature. */
        | { readonly kind: "aws"; readonly action: string };
}

export interface LoadResult {
    readonly answered: number;
    readonly seconds: number;
    readonly latencyMs: { readonly p50: number; readonly p99: number };
    /** The number of answers with an error. */
    readonly refused: number;
    readonly firstRefusal?: string;
    /** The fraction of one core that the client used. */
    readonly clientCore: number;
    /** CPU time of the server, from start to end. */
    readonly serverCpuSeconds: number;
}
