import { hash } from "node:crypto";
import type { Settings } from "./settings";

/** Ids and random numbers that depend only on the seed and on the number of earlier draws. */
export class Identifiers {
    constructor(private readonly settings: Settings) {}

    /** Sets the seed of a new simulation. An existing simulation keeps its seed. */
    start(seed: number): void {
        if (this.settings.get<number>("seed") === undefined) this.settings.set("seed", seed);
    }

    /** Restarts the sequence. */
    restart(): void {
        this.settings.set("drawn", 0);
    }

    get seed(): number {
        return this.settings.get<number>("seed") ?? 0;
    }

    private draw(): Buffer {
        const count = (this.settings.get<number>("drawn") ?? 0) + 1;
        this.settings.set("drawn", count);
        return hash("sha256", `${this.seed}/${count}`, "buffer");
    }

    /** 32 lower-case hex digits. */
    hex(): string {
        return this.draw().toString("hex", 0, 16);
    }

    /** A version 4 UUID, lower-case. */
    uuid(): string {
        const bytes = this.draw().subarray(0, 16);
        bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
        bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
        const hex = bytes.toString("hex");
        return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
    }

    /** `length` characters from a-z and 0-9. */
    word(length: number): string {
        const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
        return [...this.draw().subarray(0, length)].map((byte) => alphabet[byte % alphabet.length]).join("");
    }

    /** A number in [0, 1) that depends on the seed and on its purpose. It does not change the sequence of ids. */
    chance(what: string): number {
        return hash("sha256", `${this.seed}/${what}`, "buffer").readUInt32BE(0) / 2 ** 32;
    }
}
