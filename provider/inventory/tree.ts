import type { Billed, ImageStatus, OtherServer, Owner, ReachedAccount, RegionStatus } from "./status";

/** How parts of a line are to look; each gives its text back when there is no colour. */
export interface Look {
    place(text: string): string;
    id(text: string): string;
    good(text: string): string;
    /** What costs, or waits. */
    notable(text: string): string;
    bad(text: string): string;
}

interface Branch {
    line: string;
    below?: Branch[];
}

/**
 * What an account has, as a tree of plain characters.
 *
 * @param shown now is the date of the clouds, for ages; without it there are none
 */
export function treeOf(regions: readonly RegionStatus[], { look, now }: { look: Look; now?: number }): string {
    const draw = drawing(look, now);
    const trees = regions.flatMap((region) => [draw(region), ...offersOf(region, look)]);
    return trees.map((tree) => `${lines(tree, "").join("\n")}\n`).join("\n");
}

function lines({ line, below = [] }: Branch, indent: string): string[] {
    const rows = below.flatMap((branch, index) => {
        const isLast = index === below.length - 1;
        const [first = "", ...rest] = lines(branch, `${indent}${isLast ? "    " : "|   "}`);
        return [`${indent}${isLast ? "`-- " : "|-- "}${first}`, ...rest];
    });
    return [line, ...rows];
}

/** So many sizes are named; a cloud may have a thousand. */
const mostSizes = 12;

/** What new servers can name, in a tree of its own: it is the same whatever images there are. */
function offersOf({ cloud, region, forNewServers }: RegionStatus, look: Look): Branch[] {
    if (forNewServers.length === 0) return [];
    const sizes = (["plan", "instance type", "flavor"] as const).flatMap((kind): Branch[] => {
        const ids = forNewServers.filter((offer) => offer.kind === kind).map(({ id }) => look.id(id));
        const more = ids.length > mostSizes ? [`and ${ids.length - mostSizes} more`] : [];
        return ids.length === 0 ? [] : [{ line: `${kind}s: ${[...ids.slice(0, mostSizes), ...more].join(", ")}` }];
    });
    const inside = (vpc: string): Branch[] =>
        forNewServers
            .filter((offer) => offer.vpc === vpc)
            .map(({ kind, id, zone }) => ({ line: joined(`${kind} ${look.id(id)}`, zone && `zone ${zone}`) }));
    const vpcs = forNewServers.filter(({ kind }) => kind === "VPC").map(({ id }) => id);
    const elsewhere = forNewServers
        .filter(
            ({ kind, vpc }) => !["plan", "instance type", "flavor", "VPC"].includes(kind) && !vpcs.includes(vpc ?? ""),
        )
        .map(({ kind, id }) => ({ line: `${kind} ${look.id(id)}` }));
    const networks = vpcs.map((id) => ({ line: `VPC ${look.id(id)}`, below: inside(id) }));
    return [
        { line: look.place(`for new servers in ${cloud} ${region}`), below: [...sizes, ...networks, ...elsewhere] },
    ];
}

function drawing(look: Look, now: number | undefined): (region: RegionStatus) => Branch {
    const conditionPoll = { ready: look.good, pending: look.notable, failed: look.bad };

    const billed = ({ kind, id, isFree, sizeGiB, createdAt }: Billed, ...more: string[]): string =>
        joined(
            `${kind} ${look.id(id)}`,
            sizeOf(sizeGiB),
            ageOf(createdAt, now),
            isFree ? "free" : look.notable("billed"),
            ...more,
        );

    const image = (one: ImageStatus): Branch => ({
        line: joined(
            `${one.kind} ${look.id(one.id)}${one.name ? ` ${one.name}` : ""}`,
            one.version && `version ${one.version}`,
            conditionPoll[one.condition](one.status),
            sizeOf(one.sizeGiB),
            ageOf(one.createdAt, now),
        ),
        below: [
            ...(one.owner ? [{ line: ownerLine(one.owner) }] : []),
            ...one.behind.map((part) => ({
                line: billed(part, part.goesWithImage ? "goes with the image" : "stays when the image goes"),
            })),
            ...one.copies.map(({ id, region, status }) => ({ line: `copy ${look.id(id)} in ${region}, ${status}` })),
            ...one.shares.map(({ recipient, state }) => ({
                line: joined(`shared with ${recipient}`, state && (state === "accepted" ? state : look.notable(state))),
            })),
            ...one.servers.map((server) => ({ line: server })),
            ...blocks(one).map((reason) => ({ line: look.bad(`cannot be deleted: ${reason}`) })),
        ],
    });

    const others = (servers: readonly OtherServer[]): Branch[] =>
        servers.map(({ noun, id, name, imageId }) => ({
            line: joined(`${noun} ${look.id(id)}${name ? ` (${name})` : ""}`, imageId && `of image ${imageId}`),
        }));

    return ({ cloud, region, account, reached, images, withoutImage, otherServers, notes }) => ({
        line: joined(
            look.place(`${cloud} ${region}${account === undefined ? "" : ` (${account})`}`),
            reached && reachedText(reached),
        ),
        below: [
            ...images.map(image),
            ...(withoutImage.length > 0
                ? [
                      {
                          line: "without an image",
                          below: withoutImage.map(({ madeByStack, ...part }) => ({
                              line: billed(part, ...(madeByStack ? ["made by a stack"] : [])),
                          })),
                      },
                  ]
                : []),
            ...(otherServers.length > 0 ? [{ line: "servers of other images", below: others(otherServers) }] : []),
            ...notes.map((note) => ({ line: look.bad(note) })),
            ...(images.length + withoutImage.length + otherServers.length + notes.length === 0
                ? [{ line: "nothing" }]
                : []),
        ],
    });
}

/** "account 1000000000000002, role images" */
function reachedText({ id, name, actor }: ReachedAccount): string {
    return joined(
        name === undefined ? `account ${id}` : `account ${name} (${id})`,
        actor && `${actor.kind} ${actor.name}`,
    );
}

const joined = (...parts: (string | undefined)[]) =>
    parts.filter((part) => part !== undefined && part !== "").join(", ");

const sizeOf = (sizeGiB: number | undefined) => (sizeGiB === undefined ? undefined : `${sizeGiB} GiB`);

/** All that keeps an image from being deleted, most binding first. */
export function blocks({ isProtected, owner, blockedBy }: ImageStatus): string[] {
    const holder = owner?.holder;
    return [
        ...(isProtected ? ["protected by the cloud"] : []),
        ...(holder?.isProtected ? [`protected by deleteProtection of ${holder.resource} in ${holder.stack}`] : []),
        ...blockedBy,
    ];
}

function ownerLine({ holder, isPending, isEarlierVersion }: Owner): string {
    const whose = holder ? `of ${holder.resource} in stack ${holder.stack}` : "made by a stack";
    const which = isEarlierVersion ? "earlier version, " : "";
    return `${which}${whose}${isPending ? ", of a run that has not ended in good order" : ""}`;
}

const units: [string, number][] = [
    ["d", 86_400_000],
    ["h", 3_600_000],
    ["min", 60_000],
];

/** "3 d old" */
function ageOf(createdAt: string | undefined, now: number | undefined): string | undefined {
    const began = Date.parse(createdAt ?? "");
    if (now === undefined || Number.isNaN(began)) return undefined;
    const [unit, ms] = units.find(([, length]) => now - began >= length) ?? ["s", 1000];
    return `${Math.max(0, Math.floor((now - began) / ms))} ${unit} old`;
}
