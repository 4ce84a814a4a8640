import { CustomImage, EcsInstance, ImageShare } from "pulumi-machine-images";
import type { Change } from "../change.ts";
import { hangzhou, machine, source } from "./swas.ts";

/** A stack of 300 resources, all of which a change replaces. */
export const many: Change[] = [
    { name: "300-resources", isLarge: true, before: [() => hundred("first")], after: () => hundred("second") },
];

function hundred(description: string): void {
    for (let number = 1; number <= 100; number++) {
        const image = new CustomImage(`golden-${number}`, { cloud: hangzhou, source, description });
        const share = new ImageShare(`to-ecs-${number}`, { cloud: hangzhou, image, with: "ecs" });
        new EcsInstance(`api-${number}`, { cloud: hangzhou, image: share, ...machine });
    }
}
