import type { Guest, OsType } from "./models";

/** The properties of its server that the guest needs for an answer. */
interface GuestView {
    readonly osType: OsType;
    readonly guest: Guest;
    readonly hasDataDisk: boolean;
}

interface GuestAnswer {
    readonly exitCode: number;
    readonly output: string;
}

/** The names that diskpart prints for a SAN policy. */
const sanPolicyWords = {
    OnlineAll: "Online All",
    OfflineShared: "Offline Shared",
    OfflineAll: "Offline All",
    OfflineInternal: "Offline Internal",
} as const;

/** In both clouds, a guest without facts in the world is healthy. */
function sanPolicyOf(guest: Guest) {
    return guest.sanPolicy ?? "OnlineAll";
}

interface GuestCommand {
    readonly osType: OsType;
    readonly pattern: RegExp;
    readonly output: (server: GuestView) => string;
}

/** The commands that reveal whether an image of the server will start, and their output. */
const guestCommands: readonly GuestCommand[] = [
    {
        osType: "Windows",
        pattern: /Get-StorageSetting/i,
        output: ({ guest }) => `NewDiskPolicy : ${sanPolicyOf(guest)}\r\n`,
    },
    {
        osType: "Windows",
        pattern: /diskpart/i,
        output: ({ guest }) => `SAN Policy  : ${sanPolicyWords[sanPolicyOf(guest)]}\r\n`,
    },
    {
        osType: "Linux",
        pattern: /\bpvs\b/,
        output: ({ guest }) => (guest.volumesAcrossDisks ? "  PV VG\n  /dev/vda2 data\n  /dev/vdb data\n" : ""),
    },
    {
        osType: "Linux",
        pattern: /\blsblk\b/,
        output: ({ hasDataDisk }) => (hasDataDisk ? "vda disk\nvdb disk\n" : "vda disk\n"),
    },
    { osType: "Linux", pattern: /^\s*(sync|true)\s*$/, output: () => "" },
];

/** Runs a command that the simulated guest knows. Any other command is not found, as in a shell. */
export function runInGuest(server: GuestView, content: string): GuestAnswer {
    const known = guestCommands.find(({ osType, pattern }) => osType === server.osType && pattern.test(content));
    if (known) return { exitCode: 0, output: known.output(server) };
    const name = content.trim().split(/\s/)[0] ?? "";
    return { exitCode: 127, output: `${name}: command not found\n` };
}
