import { BlockList, isIP, isIPv4 } from "node:net";
import { hostname, networkInterfaces } from "node:os";
import { UserError } from "./errors";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for a URL, selected like in curl: HTTPS_PROXY for https and HTTP_PROXY for http, unless NO_PROXY names the
 * host. The lower-case variables take precedence. Undefined for a direct request; requests to this machine are always
 * direct.
 *
 * @throws UserError if the variable is not an HTTP or HTTPS URL; the message does not contain its value, which may hold
 *   a password
 */
export function proxyFor(url: URL, environment: Environment): URL | undefined {
    const name = url.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
    const given = variable(environment, name);
    if (given === undefined || isOfThisMachine(url.hostname)) return undefined;
    if (isExempt(url, variable(environment, "NO_PROXY"))) return undefined;
    // "proxy.example:3128" parses as a URL of the scheme "proxy.example".
    const text = given.includes("://") ? given : `http://${given}`;
    const proxy = URL.canParse(text) ? new URL(text) : undefined;
    if (proxy === undefined || !/^https?:$/.test(proxy.protocol) || proxy.hostname === "") {
        throw new UserError(
            `the environment variable ${name} must be the URL of an HTTP proxy: set it to a URL such as http://proxy.example:3128, ` +
                "or unset it",
        );
    }
    return proxy;
}

function variable(environment: Environment, name: string): string | undefined {
    return environment[name.toLowerCase()]?.trim() || environment[name]?.trim() || undefined;
}

/** Whether a request to the host stays on this machine: any loopback address, or one of the machine's own addresses. */
export function isOfThisMachine(host: string): boolean {
    const name = plainHost(host);
    if (name === "localhost" || name.endsWith(".localhost") || name === hostname().toLowerCase()) return true;
    return isIP(name) !== 0 && contains(ownAddresses(), name);
}

function ownAddresses(): BlockList {
    const own = new BlockList();
    own.addSubnet("127.0.0.0", 8, "ipv4");
    // The unspecified address also reaches a server on this machine.
    own.addAddress("0.0.0.0", "ipv4");
    own.addAddress("::", "ipv6");
    own.addAddress("::1", "ipv6");
    for (const { address, family } of Object.values(networkInterfaces()).flatMap((found) => found ?? [])) {
        // A link-local address may have a zone, which a URL cannot have.
        own.addAddress(address.split("%")[0] ?? address, family === "IPv4" ? "ipv4" : "ipv6");
    }
    return own;
}

/**
 * Whether NO_PROXY names the host: `*`, a domain with its subdomains, an address, or a CIDR block, each with or without
 * a port.
 */
function isExempt(url: URL, list: string | undefined): boolean {
    const host = plainHost(url.hostname);
    const port = url.port || (url.protocol === "https:" ? "443" : "80");
    return (list ?? "")
        .toLowerCase()
        .split(/[\s,]+/)
        .filter((entry) => entry !== "")
        .some((entry) => matches(entry, host, port));
}

function matches(entry: string, host: string, port: string): boolean {
    if (entry === "*") return true;
    const [name, wantedPort] = withoutPort(entry);
    if (wantedPort !== undefined && wantedPort !== port) return false;
    if (isIP(host) !== 0) return matchesAddress(name, host);
    const domain = name.replace(/^\*?\./, "").replace(/\.$/, "");
    return domain !== "" && (host === domain || host.endsWith(`.${domain}`));
}

/** Splits "example.com:8080", "10.0.0.1:80" and "[::1]:80"; an IPv6 address can have a port only after brackets. */
function withoutPort(entry: string): [name: string, port?: string] {
    const [, bracketed, port] = /^\[([^\]]+)\](?::(\d+))?$/.exec(entry) ?? [];
    if (bracketed !== undefined) return [bracketed, port];
    const [, name, suffix] = /^([^:]+):(\d+)$/.exec(entry) ?? [];
    return name === undefined ? [entry] : [name, suffix];
}

function matchesAddress(entry: string, host: string): boolean {
    const [address = "", bits] = entry.split("/");
    if (isIP(address) === 0) return false;
    const block = new BlockList();
    const family = isIPv4(address) ? "ipv4" : "ipv6";
    const length = bits === undefined ? (family === "ipv4" ? 32 : 128) : Number(bits);
    if (!Number.isInteger(length) || length < 0 || length > (family === "ipv4" ? 32 : 128)) return false;
    block.addSubnet(address, length, family);
    return contains(block, host);
}

function contains(block: BlockList, address: string): boolean {
    return block.check(address, isIPv4(address) ? "ipv4" : "ipv6");
}

/**
 * Removes the brackets of an IPv6 address and the dot at the end of a complete name, and converts an IPv4-mapped IPv6
 * address to IPv4.
 */
function plainHost(host: string): string {
    const name = host
        .toLowerCase()
        .replace(/^\[|\]$/g, "")
        .replace(/\.$/, "");
    const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(name) ?? [];
    if (high === undefined || low === undefined) return name;
    const number = Number.parseInt(high, 16) * 0x10000 + Number.parseInt(low, 16);
    return [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff).join(".");
}
