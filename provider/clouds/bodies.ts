import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate, inflateRaw } from "node:zlib";

/** A page of 100 objects has some hundred kilobytes; a body larger than this cannot be a cloud's answer. Bytes. */
const LARGEST_BODY = 32 * 1024 * 1024;

/** The encodings that every request accepts. */
export const acceptedEncodings = "gzip, deflate, br";

/** An answer whose body cannot be read: incomplete, too large, or not in the declared encoding. */
export class BrokenBody extends Error {}

type Decode = (body: Buffer) => Promise<Buffer>;

const bounded = { maxOutputLength: LARGEST_BODY };
const gzip: Decode = (body) => promisify(gunzip)(body, bounded);

/** "deflate" is the zlib format (RFC 9110, 8.4.1.2), but some servers send the bare data. */
const deflate: Decode = (body) =>
    promisify(inflate)(body, bounded).catch((error: unknown) => {
        if (isTooLarge(error)) throw error;
        return promisify(inflateRaw)(body, bounded);
    });

const decoders = new Map<string, Decode>([
    ["gzip", gzip],
    ["x-gzip", gzip],
    ["deflate", deflate],
    ["br", (body) => promisify(brotliDecompress)(body, bounded)],
    ["identity", async (body) => body],
]);

/** The whole body of an answer as text. @throws BrokenBody; what the connection throws when it breaks */
export async function readBody(answer: IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of answer) {
        length += chunk.length;
        if (length > LARGEST_BODY) throw new BrokenBody("the answer is too large");
        chunks.push(chunk);
    }
    const body = Buffer.concat(chunks, length);
    // An answer without a body may still name an encoding.
    return length === 0 ? "" : textOf(await decoded(body, answer.headers["content-encoding"] ?? ""));
}

/** Removes the encodings, last one first. */
async function decoded(body: Buffer, encodings: string): Promise<Buffer> {
    let left = body;
    const names = encodings.split(",").map((name) => name.trim().toLowerCase());
    for (const name of names.filter((one) => one !== "").reverse()) {
        const decode = decoders.get(name);
        if (!decode) throw new BrokenBody(`the answer has the unknown encoding ${name}`);
        left = await decode(left).catch((error: unknown) => {
            const problem = isTooLarge(error) ? "the answer is too large" : `the answer is not valid ${name}`;
            throw new BrokenBody(problem, { cause: error });
        });
    }
    return left;
}

function isTooLarge(error: unknown): boolean {
    return error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
}

/** Removes a byte order mark, which JSON.parse does not accept. */
function textOf(body: Buffer): string {
    return new TextDecoder().decode(body);
}
