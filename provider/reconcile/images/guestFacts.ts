/** What the cloud shows of a server. */
interface SeenServer {
    readonly id: string;
    readonly osType?: string;
    readonly volumes: readonly unknown[];
    readonly tags: Readonly<Record<string, string>>;
}

/** Facts about the operating system in a server that decide whether a full-ECS image of the server works. */
export interface GuestFacts {
    /** Windows: what happens to newly detected disks. */
    sanPolicy?: "OnlineAll" | "OfflineShared" | "OfflineInternal";
    /** Whether there is a spanned volume (Windows), or a volume group or logical volume on several disks (Linux). */
    volumesAcrossDisks?: boolean;
}

/** Tags of a server that state these facts, set for example by a script in the guest. */
export const guestFactTags = {
    sanPolicy: "machine-images.san-policy",
    volumesAcrossDisks: "machine-images.volumes-across-disks",
} as const;

const seed = "docs/reference/full-ecs-images.md#guest-systems";

function knownFacts(server: SeenServer): GuestFacts {
    const policy = server.tags[guestFactTags.sanPolicy];
    const across = server.tags[guestFactTags.volumesAcrossDisks];
    return {
        sanPolicy:
            policy === "OnlineAll" || policy === "OfflineShared" || policy === "OfflineInternal" ? policy : undefined,
        volumesAcrossDisks: across === "true" ? true : across === "false" ? false : undefined,
    };
}

/**
 * Why servers from a full-ECS image of this server would lose disks. The server's tags take precedence over `guest`,
 * because a script in the server can set them.
 */
export function guestProblems(server: SeenServer, attested: GuestFacts): string[] {
    const known = knownFacts(server);
    const facts: GuestFacts = {
        sanPolicy: known.sanPolicy ?? attested.sanPolicy,
        volumesAcrossDisks: known.volumesAcrossDisks ?? attested.volumesAcrossDisks,
    };
    const isWindows = /windows/i.test(server.osType ?? "");
    return [
        ...(isWindows ? sanPolicyProblems(server, facts.sanPolicy) : []),
        ...(server.volumes.length > 1 ? volumeProblems(server, isWindows, facts.volumesAcrossDisks) : []),
    ];
}

function sanPolicyProblems(server: SeenServer, policy: GuestFacts["sanPolicy"]): string[] {
    if (policy === "OnlineAll") return [];
    const steps = 'In the server, run cmd.exe, diskpart, "san" and "san policy=onlineall"';
    return [
        policy === undefined
            ? `Windows server ${server.id} may have a SAN policy that leaves the disks of new servers offline. ${steps}, ` +
              `then set guest: { sanPolicy: "OnlineAll" } (${seed})`
            : `Windows server ${server.id} has the SAN policy ${policy}, which leaves the disks of new servers offline. ` +
              `${steps} (${seed})`,
    ];
}

function volumeProblems(server: SeenServer, isWindows: boolean, across: boolean | undefined): string[] {
    if (across === false) return [];
    const what = isWindows ? "a spanned volume" : "a disk group or logical disk that contains several physical disks";
    return [
        across === true
            ? `server ${server.id} has ${what}, and new servers may lose its data. Move the data to single disks (${seed})`
            : `server ${server.id} has ${server.volumes.length} disks. If it has ${what}, new servers lose its data. ` +
              `Make sure that it has none, then set guest: { volumesAcrossDisks: false } (${seed})`,
    ];
}
