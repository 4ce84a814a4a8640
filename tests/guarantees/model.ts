import assert from "node:assert/strict";
import { byHand, type Console } from "./byHand.ts";
import type { Program } from "./program.ts";
import { type ImageName, imageNames, imageTypes, programOf, type Step, type Wanted } from "./randomProgram.ts";

/** How an up or destroy is disturbed: its process is killed after the k-th change, or requests fail. */
export type Disturbed = { readonly kill: number } | "faults";

/** A stack under test. */
export interface Subject {
    find(name: string): Promise<{ readonly id: string } | undefined>;
    /** The operations that an up would perform, for every resource. */
    preview(program: Program): Promise<readonly string[]>;
    up(program: Program, disturbed?: Disturbed): Promise<unknown>;
    refresh(): Promise<unknown>;
    destroy(disturbed?: Disturbed): Promise<unknown>;
}

/** What the cloud reports of an image. */
interface Seen {
    readonly description: string;
    readonly tags: Readonly<Record<string, string>>;
    readonly isShared: boolean;
}

/**
 * A stack, and assertions about the clouds. The model knows what the program declares, which images a person has shared
 * in the console, and which objects a person has orphaned by deleting an image in the console.
 */
export class Model {
    private wanted: Wanted = {};
    private readonly stack: Subject;
    private readonly sharedByHand = new Map<string, ImageName>();
    private readonly mayStay = new Set<string>();
    private readonly clouds: Console;

    constructor(stack: Subject, clouds: Console) {
        this.stack = stack;
        this.clouds = clouds;
    }

    /** Performs a step, and checks the clouds when it ends. */
    async take(step: Step): Promise<void> {
        switch (step.do) {
            case "want":
                this.wanted = { ...this.wanted, [step.image]: step.as };
                return;
            case "change":
                for (const name of this.nth(step.nth)) {
                    const wanted = this.wanted[name];
                    if (wanted) this.wanted = { ...this.wanted, [name]: { ...wanted, ...step.to } };
                }
                return;
            case "up":
                return this.up(step.disturbed);
            case "share":
                for (const name of this.nth(step.nth)) await this.shareByHand(name);
                return;
            case "unshare":
                for (const name of this.nth(step.nth)) await this.unshareByHand(name);
                return;
            case "remove":
                for (const name of this.nth(step.nth)) await this.removeByHand(name);
                return;
            case "refresh":
                await this.stack.refresh();
                return;
            case "destroy":
                return this.destroy(step.disturbed);
        }
    }

    /** The n-th of the wanted images, if there are any. */
    private nth(nth: number): ImageName[] {
        const names = imageNames.filter((name) => this.wanted[name]);
        return names.slice(nth % names.length, (nth % names.length) + 1);
    }

    /** Destroys the stack. No orphan may remain. */
    async end(): Promise<void> {
        await this.untilUnshared(() => this.stack.destroy());
        this.assertLeft([]);
    }

    private async up(disturbed: Disturbed | undefined): Promise<void> {
        const program = programOf(this.wanted);
        if (disturbed) await this.orRefused(() => this.stack.up(program, disturbed));
        await this.untilUnshared(() => this.stack.up(program));
        const plans = await this.stack.preview(program);
        assert.ok(
            plans.every((plan) => plan === "same"),
            `the next preview plans ${plans.join(", ")}`,
        );
        await this.assertAsWanted();
    }

    private async destroy(disturbed: Disturbed | undefined): Promise<void> {
        if (disturbed) await this.orRefused(() => this.stack.destroy(disturbed));
        await this.end();
    }

    /** A share that a person created may stop a deletion. Without such shares, nothing stops it. */
    private async untilUnshared(work: () => Promise<unknown>): Promise<void> {
        if (await this.orRefused(work)) return;
        for (const [id, name] of this.sharedByHand) await byHand(this.clouds, imageTypes[name]).unshare(id);
        this.sharedByHand.clear();
        await work();
    }

    /** @returns false if a share that a person created stopped it */
    private async orRefused(work: () => Promise<unknown>): Promise<boolean> {
        try {
            await work();
            return true;
        } catch (error) {
            const text = String(error);
            const isNamed = [...this.sharedByHand.keys()].some((id) => text.includes(id));
            if (!isNamed || !/(still|which is) shared with/.test(text)) throw error;
            return false;
        }
    }

    private async shareByHand(name: ImageName): Promise<void> {
        const image = await this.stack.find(name);
        if (!image || (await this.stack.find(`${name}-share`))) return;
        await byHand(this.clouds, imageTypes[name]).share(image.id);
        this.sharedByHand.set(image.id, name);
    }

    /** Also removes a share of the program, which a refresh detects. */
    private async unshareByHand(name: ImageName): Promise<void> {
        const image = await this.stack.find(name);
        if (!image) return;
        await byHand(this.clouds, imageTypes[name]).unshare(image.id);
        this.sharedByHand.delete(image.id);
        await this.stack.refresh();
    }

    private async removeByHand(name: ImageName): Promise<void> {
        const image = await this.stack.find(name);
        if (!image) return;
        const before = this.clouds.left();
        await byHand(this.clouds, imageTypes[name]).remove(image.id);
        this.sharedByHand.delete(image.id);
        for (const held of before.filter((one) => /\.(snapshot|backup) /.test(one))) this.mayStay.add(held);
        await this.stack.refresh();
    }

    private async assertAsWanted(): Promise<void> {
        const kinds: string[] = [];
        for (const name of imageNames) {
            const wanted = this.wanted[name];
            if (!wanted) continue;
            const image = await this.stack.find(name);
            assert.ok(image, `${name} is in the state`);
            const isCustom = imageTypes[name] === "CustomImage";
            if (wanted.isShared) this.sharedByHand.delete(image.id);
            const isShared = wanted.isShared || this.sharedByHand.has(image.id);
            kinds.push(...(isCustom ? ["alibaba.customImage", "alibaba.snapshot"] : ["huawei.backup", "huawei.image"]));
            if (isCustom && wanted.isCopied) kinds.push("alibaba.customImage");
            if (isCustom && wanted.isShared) kinds.push("alibaba.ecsInstance", "alibaba.ecsDisk");
            if (!isCustom && isShared) kinds.push("huawei.member");
            const seen = await this.seen(name, image.id);
            assert.deepEqual(seen, { description: wanted.description, tags: wanted.tags, isShared }, `image ${name}`);
        }
        this.assertLeft(kinds);
    }

    private assertLeft(kinds: readonly string[]): void {
        this.clouds.simulator.sim.advance(3_600_000);
        const left = this.clouds.left();
        const stayed = left.filter((held) => this.mayStay.has(held)).map(kindOf);
        const found = left.map(kindOf);
        for (const kind of kinds) {
            const index = found.indexOf(kind);
            assert.ok(index >= 0, `wanted ${kinds.join(", ")}; found ${left.join(", ")}`);
            found.splice(index, 1);
        }
        for (const kind of stayed) if (found.includes(kind)) found.splice(found.indexOf(kind), 1);
        assert.deepEqual(found, [], `wanted ${kinds.join(", ")}; found ${left.join(", ")}`);
    }

    private async seen(name: ImageName, id: string): Promise<Seen> {
        const { clouds } = this.clouds;
        if (imageTypes[name] === "CustomImage") {
            const { swas } = await clouds.alibaba({ type: "alibaba", region: "cn-hangzhou" });
            const [image] = await swas.listCustomImages({ imageIds: [id] });
            assert.ok(image, `image ${id} exists`);
            return { description: image.description ?? "", tags: ofUser(image.tags), isShared: image.inShare };
        }
        const { ims } = await clouds.huawei({ type: "huawei", region: "eu-de", profile: "cbr" });
        const image = await ims.image(id);
        assert.ok(image, `image ${id} exists`);
        const tags = ofUser(await ims.imageTags(id));
        return { description: image.description ?? "", tags, isShared: (await ims.members(id)).length > 0 };
    }
}

const kindOf = (held: string) => held.split(" ")[0] ?? "";

function ofUser({
    "pulumi-machine-images": _owner,
    "pulumi-machine-images-state": _state,
    ...tags
}: Record<string, string>): Record<string, string> {
    return tags;
}
