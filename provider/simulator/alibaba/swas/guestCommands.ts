import type { Guest, OsType } from "./models";

/** What the guest needs to know of its own server to answer. */
interface GuestView {
    readonly osType: OsType;
    readonly guest: Guest;
    readonly hasDataDisk: boolean;
}

interface GuestAnswer {
    readonly exitCode: number;
    readonly output: string;
}

/** The words of diskpart for a SAN policy. */
const sanPolicyWords = {
    OnlineAll: "Online All",
    OfflineShared: "Offline Shared",
    OfflineAll: "Offline All",
    OfflineInternal: "Offline Internal",
} as const;

/** A guest of which the world says nothing is healthy, in both clouds. */
function sanPolicyOf(guest: Guest) {
    return guest.sanPolicy ?? "OnlineAll";
}

interface GuestCommand {
    readonly osType: OsType;
    readonly pattern: RegExp;
    readonly output: (server: GuestView) => string;
}

/** The questions that decide whether an image of the server will start, and what the guest's facts answer. */
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

/** Runs a command as far as the simulated guest has it; any other is not found, as a shell would say. */
export function runInGuest(server: GuestView, content: string): GuestAnswer {
    const known = guestCommands.find(({ osType, pattern }) => osType === server.osType && pattern.test(content));
    if (known) return { exitCode: 0, output: known.output(server) };
    const name = content.trim().split(/\s/)[0] ?? "";
    return { exitCode: 127, output: `${name}: command not found\n` };
}
