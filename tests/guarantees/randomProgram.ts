import fc from "fast-check";
import { secondServer } from "./clouds.ts";
import { type Declared, output, type Program } from "./program.ts";

/** How an image is wanted. */
export interface WantedImage {
    readonly tags: Readonly<Record<string, string>>;
    readonly description: "" | "one" | "two";
    /** Which of two servers is the source. */
    readonly source: 0 | 1;
    readonly unshare: boolean;
    /** A share that the program declares; for a custom image, also an ECS instance that needs the share. */
    readonly isShared: boolean;
    /** A copy in another region; custom images only. */
    readonly isCopied: boolean;
}

/** The images of a program, by name. */
export const imageTypes = { a: "CustomImage", b: "CustomImage", e: "FullEcsImage" } as const;

export type ImageName = keyof typeof imageTypes;

export const imageNames: readonly ImageName[] = ["a", "b", "e"];

/** What a program wants of each image; undefined if it does not declare the image. */
export type Wanted = { readonly [name in ImageName]?: WantedImage };

/** One step of a random program; `nth` is an index of the images that the program wants at that time. */
export type Step =
    | { readonly do: "want"; readonly image: ImageName; readonly as: WantedImage | undefined }
    | { readonly do: "change"; readonly nth: number; readonly to: Partial<WantedImage> }
    | { readonly do: "up"; readonly disturbed?: { readonly kill: number } | "faults" }
    | { readonly do: "share" | "unshare" | "remove"; readonly nth: number }
    | { readonly do: "refresh" }
    | { readonly do: "destroy"; readonly disturbed?: { readonly kill: number } };

const ofImage: { readonly [key in keyof WantedImage]: fc.Arbitrary<WantedImage[key]> } = {
    tags: fc.constantFrom<Record<string, string>[]>({}, { team: "web" }, { team: "app", stage: "2" }),
    description: fc.constantFrom("", "one", "two"),
    source: fc.constantFrom(0, 1),
    unshare: fc.boolean(),
    isShared: fc.boolean(),
    isCopied: fc.boolean(),
};

const wantedImage: fc.Arbitrary<WantedImage> = fc.record(ofImage);

/** One of the keys. */
const changedImage: fc.Arbitrary<Partial<WantedImage>> = fc.oneof(
    ...Object.entries(ofImage).map(([key, value]) => fc.record({ [key]: value })),
);

const image = fc.constantFrom(...imageNames);
const nth = fc.nat({ max: imageNames.length - 1 });
const kill = fc.record({ kill: fc.integer({ min: 1, max: 8 }) });

const want = fc.record({ do: fc.constant("want"), image, as: fc.option(wantedImage, { nil: undefined, freq: 4 }) });
const up = fc.record({
    do: fc.constant("up"),
    disturbed: fc.option(fc.oneof(kill, fc.constant("faults")), { nil: undefined }),
});

const step: fc.Arbitrary<Step> = fc.oneof(
    { arbitrary: want, weight: 2 },
    { arbitrary: fc.record({ do: fc.constant("change"), nth, to: changedImage }), weight: 4 },
    { arbitrary: up, weight: 5 },
    { arbitrary: fc.record({ do: fc.constantFrom("share", "unshare", "remove"), nth }), weight: 3 },
    { arbitrary: fc.record({ do: fc.constant("refresh") }), weight: 1 },
    { arbitrary: fc.record({ do: fc.constant("destroy"), disturbed: fc.option(kill, { nil: undefined }) }), weight: 1 },
);

/** Steps of which the first one creates an object. */
export function randomSteps(options: { minLength: number; maxLength: number }): fc.Arbitrary<readonly Step[]> {
    const first = fc.record({ do: fc.constant("want"), image, as: wantedImage });
    return fc
        .tuple(first, fc.array(step, { ...options, size: "max" }))
        .map(([begin, rest]): readonly Step[] => [begin, ...rest]);
}

const hangzhou = { type: "alibaba", region: "cn-hangzhou" };
const frankfurt = { type: "huawei", region: "eu-de", profile: "cbr" };
const swasServers = ["ace0706b2ac4454d984295a942130001", "ace0706b2ac4454d984295a942130002"];
const huaweiServers = ["94eba8b2-acc9-4d82-badc-127144cc5526", secondServer];

/** Inputs of both kinds of image. */
const common = ({ tags, description, unshare }: WantedImage) => ({
    tags,
    description,
    onDelete: { unshare },
});

function customImageOf(name: ImageName, wanted: WantedImage): Declared[] {
    const share: Declared[] = [
        {
            name: `${name}-share`,
            type: "ImageShare",
            inputs: { cloud: hangzhou, image: output(name), with: "ecs" },
        },
        {
            name: `${name}-server`,
            type: "EcsInstance",
            inputs: {
                cloud: hangzhou,
                image: output(`${name}-share`, "image"),
                instanceType: "ecs.g7.large",
                securityGroup: "sg-1",
                vSwitch: "vsw-1",
            },
        },
    ];
    const copy: Declared = {
        name: `${name}-copy`,
        type: "ImageCopy",
        inputs: { cloud: hangzhou, image: output(name), to: "cn-shanghai", tags: wanted.tags },
    };
    return [
        {
            name,
            type: "CustomImage",
            inputs: { cloud: hangzhou, source: { server: swasServers[wanted.source] }, ...common(wanted) },
        },
        ...(wanted.isCopied ? [copy] : []),
        ...(wanted.isShared ? share : []),
    ];
}

function fullEcsImageOf(name: ImageName, wanted: WantedImage): Declared[] {
    const share: Declared = {
        name: `${name}-share`,
        type: "ImageShare",
        inputs: { cloud: frankfurt, image: output(name), with: { projects: ["b0000000000000000000000000000001"] } },
    };
    return [
        {
            name,
            type: "FullEcsImage",
            inputs: {
                cloud: frankfurt,
                source: { server: huaweiServers[wanted.source] },
                vault: "3b5816b5-f29c-4172-9d9a-76c719a659ce",
                guest: { volumesAcrossDisks: false },
                ...common(wanted),
            },
        },
        ...(wanted.isShared ? [share] : []),
    ];
}

/** The program for these wanted images. */
export function programOf(wanted: Wanted): Program {
    return imageNames.flatMap((name) => {
        const its = wanted[name];
        if (!its) return [];
        return imageTypes[name] === "CustomImage" ? customImageOf(name, its) : fullEcsImageOf(name, its);
    });
}
