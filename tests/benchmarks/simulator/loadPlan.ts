/** What the load client is to send. Plain data: it crosses a process boundary. */
export interface LoadPlan {
    readonly host: string;
    readonly connections: number;
    /** Ends after this time, or earlier when all prepared requests are sent. */
    readonly seconds: number;
    /** How many requests to sign beforehand. */
    readonly most: number;
    /** Sent in turn; "{n}" in a value becomes a number that no other request of the run has. */
    readonly variants: readonly Readonly<Record<string, string>>[];
    readonly firstNumber: number;
    /** What each good answer contains. */
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
    /** Answers that were no success. */
    readonly refused: number;
    readonly firstRefusal?: string;
    /** Part of one core that the client itself used. */
    readonly clientCore: number;
    /** CPU time of the server, from start to end. */
    readonly serverCpuSeconds: number;
}
