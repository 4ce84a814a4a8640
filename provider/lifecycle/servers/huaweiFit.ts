import type { HuaweiImage } from "../../clouds/huawei/ims/images";
import type { HuaweiRegion } from "../../clouds/huawei/region";
import type { Problem, Surroundings } from "../../dynamic/handler";
import { lookAhead } from "../lookAhead";

/** Why a server with this flavor and this system disk cannot be made of the image. */
export async function huaweiFitProblems(
    work: Pick<Surroundings, "clouds" | "warn">,
    { servers, region }: HuaweiRegion,
    image: HuaweiImage,
    wanted: { flavor: string; systemDisk?: { sizeGiB?: number } },
): Promise<Problem[]> {
    const { flavor: name, systemDisk } = wanted;
    const found = await lookAhead(work, `the flavors of ${region}`, async () => ({
        flavor: await servers.flavor(name),
    }));
    return [...flavorProblems(), ...diskProblems()];

    function flavorProblems(): Problem[] {
        const problem = (reason: string) => [{ property: "flavor", reason }];
        if (!found) return [];
        if (!found.flavor) return problem(`no flavor ${name} in ${region}: choose one that the region offers`);
        const { ramMiB } = found.flavor;
        const neededMiB = image.minRamMiB ?? 0;
        if (ramMiB >= neededMiB) return [];
        return problem(
            `flavor ${name} has ${ramMiB} MiB of memory and image ${image.id} needs ${neededMiB} MiB: choose a larger flavor`,
        );
    }

    function diskProblems(): Problem[] {
        const neededGiB = image.minDiskGiB ?? 0;
        const sizeGiB = systemDisk?.sizeGiB ?? neededGiB;
        if (sizeGiB >= neededGiB) return [];
        const reason = `is ${sizeGiB} GiB and image ${image.id} needs ${neededGiB} GiB: set it to ${neededGiB} or more, or leave it out`;
        return [{ property: "systemDisk.sizeGiB", reason }];
    }
}
