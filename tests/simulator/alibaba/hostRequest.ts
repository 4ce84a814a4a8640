import { request } from "node:http";
import type { Prepared } from "./signedClient.ts";

/** Sends a request with another host name than the address, which fetch does not support. */
export function sendAs(
    host: string,
    { url, method, headers }: Prepared,
): Promise<{ TotalCount: number; Code: string }> {
    return new Promise((resolve, reject) => {
        const sent = request(url, { method, headers: { ...headers, host } }, (response) => {
            let text = "";
            response.on("data", (chunk) => {
                text += chunk;
            });
            response.on("end", () => resolve(JSON.parse(text)));
        });
        sent.on("error", reject);
        sent.end();
    });
}
