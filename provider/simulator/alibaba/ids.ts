import { createHash } from "node:crypto";
import type { Simulation } from "../core/simulation";
import { regionNamed } from "./regions";

/** The object type in an id: m image, s snapshot, d disk, i ECS instance, c command, t invocation. */
type Prefix = "m" | "s" | "d" | "i" | "c" | "t";

/** A new id in the cloud's format: `m-bp` and 17 characters. */
export function newId(sim: Simulation, prefix: Prefix, region: string): string {
    return `${prefix}-${regionNamed(region).idCode}${sim.ids.word(17)}`;
}

/** The id of an object of the world file. It is the same in every simulation, whatever the seed. */
export function seededId(prefix: Prefix, region: string, path: string): string {
    return `${prefix}-${regionNamed(region).idCode}${seededHex(path).slice(0, 17)}`;
}

/** 32 hex digits derived from the object's place in the world: the id of a server that declares none. */
export function seededHex(path: string): string {
    return createHash("sha256").update(path).digest("hex").slice(0, 32);
}

/** Public addresses from the documentation ranges, which nobody uses (RFC 5737); private ones as in the samples. */
export function addressesOf(id: string): { publicIp: string; privateIp: string } {
    const digest = createHash("sha256").update(id).digest();
    const host = 1 + (digest.readUInt8(0) % 254);
    return { publicIp: `203.0.113.${host}`, privateIp: `172.16.${digest.readUInt8(1)}.${host}` };
}
