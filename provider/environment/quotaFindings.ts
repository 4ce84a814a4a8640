import { mostOfSwasAccount, mostSwasSnapshots, swasKeptVersions } from "../clouds/capabilities";
import type { AlibabaCloud } from "../clouds/cloud";
import type { DeclaredImage } from "./images";
import { cloudOfImage, cloudOfServer, isOpen, type Model } from "./model";
import { aboutKey, type Finding, type Path } from "./problem";

/** What an image or a set of servers uses of a quota. */
interface Demand {
    path: Path;
    /** The object that has the quota: "server ace0706b…", "an account in cn-hangzhou". */
    owner: string;
    /** Distinguishes equally named owners in different accounts. */
    account: string | undefined;
    count: number;
}

/** Quotas that the file alone exceeds, whatever else the account contains. */
export function quotaFindings(model: Model): Finding[] {
    const images = [...model.images].flatMap(([name, image]) => swasImage(model, name, image));
    const { servers, images: mostImages, snapshots } = mostOfSwasAccount;
    return [
        ...exceeded(serversOf(model), servers, "Simple Application Servers"),
        ...exceeded(images.flatMap(imagesIn), mostImages, "custom images (with copies and kept versions)"),
        ...exceeded(images.flatMap(snapshotsIn), snapshots, "snapshots (one for each disk of each image)"),
        ...exceeded(
            images.flatMap(snapshotsOf),
            { count: mostSwasSnapshots, source: swasKeptVersions.source },
            "snapshots (one for each disk of each image)",
        ),
    ];
}

/** For each owner of a quota, one finding at the first entry that exceeds it. */
function exceeded(demands: readonly Demand[], most: { count: number; source: string }, what: string): Finding[] {
    const sums = new Map<string, number>();
    const totals = new Map<string, number>();
    const keyOf = ({ owner, account }: Demand) => JSON.stringify([owner, account]);
    for (const demand of demands) totals.set(keyOf(demand), (totals.get(keyOf(demand)) ?? 0) + demand.count);
    return demands.flatMap((demand) => {
        const before = sums.get(keyOf(demand)) ?? 0;
        sums.set(keyOf(demand), before + demand.count);
        if (before > most.count || before + demand.count <= most.count) return [];
        const total = totals.get(keyOf(demand));
        const reason = `the file declares ${total} ${what} for ${demand.owner}, which can have ${most.count} (${most.source})`;
        return [aboutKey(demand.path, `${demand.path.map(String).join(".")}: ${reason}`)];
    });
}

function serversOf(model: Model): Demand[] {
    return [...model.servers].flatMap(([name, server]) => {
        const { count = 1 } = server;
        const cloud = cloudOfServer(model, server);
        if (server.kind !== "SimpleServer" || cloud?.type !== "alibaba" || typeof count !== "number") return [];
        return [{ path: ["servers", name], owner: anAccount(cloud.region), account: cloud.account, count }];
    });
}

const anAccount = (region: string) => `an account in ${region}`;

/** An image of Simple Application Server. */
interface SwasImage {
    path: Path;
    cloud: AlibabaCloud;
    image: Extract<DeclaredImage, { kind: "CustomImage" }>;
    /** The image and the versions that it keeps. */
    versions: number;
}

function swasImage(model: Model, name: string, image: DeclaredImage): SwasImage[] {
    const cloud = cloudOfImage(model, image);
    if (image.kind !== "CustomImage" || cloud?.type !== "alibaba") return [];
    const { keepVersions } = image;
    const versions = 1 + (typeof keepVersions === "number" ? Math.max(0, keepVersions) : 0);
    return [{ path: ["images", name], cloud, image, versions }];
}

function imagesIn({ path, cloud, image, versions }: SwasImage): Demand[] {
    const regions = [cloud.region, ...new Set((image.copies ?? []).filter((region) => !isOpen(region)))];
    return regions.map((region) => ({ path, owner: anAccount(region), account: cloud.account, count: versions }));
}

function snapshotsIn(image: SwasImage): Demand[] {
    return snapshotsOf(image).map((demand) => ({ ...demand, owner: anAccount(image.cloud.region) }));
}

function snapshotsOf({ path, cloud, image, versions }: SwasImage): Demand[] {
    const { source } = image;
    if (!("server" in source) || typeof source.server !== "string" || isOpen(source.server)) return [];
    const count = versions * (source.dataDisk === true ? 2 : 1);
    // If one image alone exceeds the quota, the check of its keepVersions reports that.
    if (count > mostSwasSnapshots) return [];
    return [{ path: [...path, "source"], owner: `server ${source.server}`, account: cloud.account, count }];
}
