import type { AlibabaRegion } from "../../clouds/connect";
import type { Problem, Surroundings } from "../../dynamic/handler";
import { lookAhead } from "../lookAhead";

/** Why an instance cannot have a system disk of this size (RunInstances: not smaller than the image). */
export async function ecsFitProblems(
    work: Pick<Surroundings, "clouds" | "warn">,
    { ecs, region }: AlibabaRegion,
    wanted: { image: string; systemDiskGiB?: number },
): Promise<Problem[]> {
    const { image: id, systemDiskGiB } = wanted;
    if (systemDiskGiB === undefined) return [];
    const image = await lookAhead(
        work,
        `the images of ECS in ${region}`,
        async () => (await ecs.ownImage(id)) ?? (await ecs.sharedImage(id)),
    );
    // An image whose share is only planned cannot be seen yet.
    const neededGiB = image?.disks.find(({ type }) => type === "system")?.sizeGiB ?? image?.sizeGiB ?? 0;
    if (systemDiskGiB >= neededGiB) return [];
    const reason = `is ${systemDiskGiB} GiB and image ${id} needs ${neededGiB} GiB: set it to ${neededGiB} or more, or leave it out`;
    return [{ property: "systemDiskGiB", reason }];
}
