import type { Clouds } from "../../clouds/connect";
import { systemTime } from "../../core/time";
import type { HandlerContext } from "../../pulumi/dynamic/handler";
import { type Holders, unknownHolders } from "../../pulumi/dynamic/holders";
import type { Properties } from "../../pulumi/dynamic/plainJson";
import type { Dependents } from "../../reconcile/deletionPlan";
import { ecsImages } from "../../reconcile/images/ecsImages";
import { fullEcsImages } from "../../reconcile/images/fullEcsImages";
import { dependentsOf } from "../../reconcile/images/releaseImage";
import type { ImageService, SeenShare } from "../../reconcile/images/service";
import { swasImages } from "../../reconcile/images/swasImages";
import { systemImages } from "../../reconcile/images/systemImages";
import { begunShares } from "../../reconcile/shares/begunShares";
import { childrenOf, cloudOf, onDeleteOf, textAt } from "../plan/facts";
import type { PlannedChange } from "../plan/plan";
import { secretText } from "../plan/values";
import { departingImages, dependentsInState, type KnownDependents, type KnownVersion } from "./dependents";
import { planPrices } from "./planPrices";
import { readBack } from "./readBack";
import { ownersHere, userId } from "./users";

/** How to read the clouds. */
export interface LiveReading {
    clouds: Clouds;
    /**
     * Whether the clouds use the stack's configuration. If not, they may reach an account without the stack's objects.
     */
    isStacksOwn: boolean;
    /** What the states of the stacks show about shares that no resource of this preview created. @default nothing */
    holders?: Holders;
    /** Finds the resources of servers that belong to no resource of this preview. */
    ownersElsewhere?: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

/**
 * Reads the dependents from the clouds, as the deletion itself does. If an image cannot be read, its dependents are
 * those in the preview, with the reason.
 */
export async function dependentsInClouds(
    changes: readonly PlannedChange[],
    { clouds, isStacksOwn, holders = unknownHolders, ownersElsewhere }: LiveReading,
): Promise<KnownDependents> {
    const context: HandlerContext = {
        clouds,
        time: systemTime,
        report: () => {},
        warn: () => {},
        whenSaved: () => {},
        holders,
    };
    const known = dependentsInState(changes, "");
    const byUrn = new Map(known.byUrn);
    const versions = new Map(known.versions);
    const unread = new Map<string, string>();
    const answers = new Map<string, ReadonlyMap<string, string>>();
    const now = new Map<string, Properties>();
    const drift: string[] = [];
    const failures: string[] = [];
    let wasRead = false;

    // One connection attempt for each cloud: if it fails, it fails for all objects there.
    const reached = new Map<string, Promise<unknown>>();
    const reach = async (change: PlannedChange) => {
        const cloud = cloudOf(change);
        const key = JSON.stringify(cloud);
        const known = reached.get(key) ?? (cloud.type === "huawei" ? clouds.huawei(cloud) : clouds.alibaba(cloud));
        reached.set(key, known);
        await known;
    };
    const image = async ({ change, id }: { change: PlannedChange; id: string }) => {
        try {
            await reach(change);
            const service = await serviceOf(context, change);
            const exists = (await service.find(id)) !== undefined;
            if (!exists && !isStacksOwn) throw new Error("the account has no such image");
            byUrn.set(change.urn, await heldBy(context, service, change, { id, children: childrenOf(change).ids }));
            if (exists) answers.set(id, await answersOf(clouds, change, id));
            wasRead = true;
        } catch (error) {
            unread.set(change.urn, textOf(error));
            failures.push(textOf(error));
        }
    };
    const version = async (change: PlannedChange, { id }: KnownVersion): Promise<KnownVersion> => {
        try {
            const service = await serviceOf(context, change);
            return { id, held: await heldBy(context, service, change, { id }) };
        } catch {
            return { id };
        }
    };
    const object = async (change: PlannedChange) => {
        const { olds, operation } = change;
        if (operation === "same" || change.type === "RolloutPause" || olds?.id === undefined || unread.has(change.urn))
            return;
        try {
            await reach(change);
            const back = await readBack(context, change, { ...olds, id: olds.id });
            if (back.now === undefined && !isStacksOwn) return;
            drift.push(...back.drift);
            if (back.now) now.set(change.urn, back.now);
            wasRead = true;
        } catch (error) {
            failures.push(textOf(error));
        }
    };

    await Promise.all(departingImages(changes).map(image));
    await Promise.all(changes.map(object));
    for (const change of changes) {
        const ids = known.versions.get(change.urn);
        if (ids) versions.set(change.urn, await Promise.all(ids.map((each) => version(change, each))));
    }
    const [reason] = failures.sort();
    if (!wasRead && (!isStacksOwn || reason !== undefined)) {
        return dependentsInState(changes, reason ?? "nothing to read yet");
    }
    const held = [...byUrn.values(), ...[...versions.values()].flat().flatMap((each) => each.held ?? [])];
    const users = [...new Set(held.flatMap((each) => each.users.map(userId)))];
    const here = ownersHere(changes);
    const others = users.filter((id) => !here.has(id));
    const elsewhere = others.length > 0 && ownersElsewhere ? await ownersElsewhere(others) : new Map<string, string>();
    return {
        from: "cloud",
        byUrn,
        unread,
        versions,
        answers,
        owners: new Map([...elsewhere, ...here]),
        now,
        drift: drift.sort(),
        prices: await planPrices(changes, clouds),
    };
}

function heldBy(
    context: HandlerContext,
    service: ImageService,
    change: PlannedChange,
    { id, children }: { id: string; children?: readonly string[] },
): Promise<Dependents> {
    const ownShares = (shares: readonly SeenShare[]) => begunShares(context, id, shares);
    return dependentsOf(context, service, id, { policy: onDeleteOf(change), children, limit: 0, ownShares });
}

/** The status of an image's share with each project: pending, accepted or rejected. */
async function answersOf(clouds: Clouds, change: PlannedChange, id: string): Promise<ReadonlyMap<string, string>> {
    const cloud = cloudOf(change);
    if (cloud.type !== "huawei") return new Map();
    const members = await (await clouds.huawei(cloud)).ims.members(id);
    return new Map(members.map(({ projectId, status }) => [`project ${projectId}`, status]));
}

async function serviceOf(context: HandlerContext, change: PlannedChange): Promise<ImageService> {
    const service = await namingServiceOf(context, change);
    const hidesNames = [change.olds, change.news].some((state) => state?.inputs.name === secretText);
    return hidesNames ? withoutNames(service) : service;
}

/** Hides the names of images whose names are secret, including earlier versions. */
function withoutNames(service: ImageService): ImageService {
    const find = async (id: string) => {
        const image = await service.find(id);
        return image && { ...image, name: "" };
    };
    return { ...service, find };
}

async function namingServiceOf(context: HandlerContext, change: PlannedChange): Promise<ImageService> {
    const { clouds } = context;
    const cloud = cloudOf(change);
    if (cloud.type === "huawei") {
        const region = await clouds.huawei(cloud);
        if (change.type !== "FullEcsImage") return systemImages(region);
        return fullEcsImages(context, region, { limit: 0 });
    }
    const own = await clouds.alibaba(cloud);
    const to = textAt(change.olds?.outputs, "to");
    const region = to === undefined ? own : own.elsewhere(to);
    return change.type === "EcsImage" ? ecsImages(region) : swasImages(region);
}

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
