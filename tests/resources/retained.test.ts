import assert from "node:assert/strict";
import { inClouds } from "../guarantees/clouds.ts";
import { isResourceType, type Program } from "../guarantees/program.ts";
import { ProgramStack } from "../guarantees/programStack.ts";
import { type Creation, creations } from "./creations.ts";
import type { Properties } from "./simulated.ts";

const declared = ({ name }: Creation, as: string, inputs: Properties): Program => {
    const [type = ""] = name.split(" ");
    assert.ok(isResourceType(type));
    return [{ name: as, type, inputs: { ...inputs, timeouts: { create: "5h" } } }];
};

/** A change that replaces the object. */
function other(inputs: Properties, { name, edits }: Creation): Properties {
    if (name === "SimpleServer") return { ...inputs, plan: "swas.s2.c2m4s60b5t12" };
    if (name === "HuaweiServer") return { ...inputs, systemDisk: edits.systemDisk };
    if (name === "EcsInstance") return { ...inputs, instanceType: edits.instanceType };
    return { ...inputs, version: "2" };
}

/**
 * An object that the user removed from the state with `retainOnDelete` or `pulumi state delete`. The provider has not
 * confirmed the object, because the run was killed while it created a later resource.
 */
describe("an unconfirmed object that the user removed from the state", () => {
    for (const creation of creations) {
        const { name, kind, profile = "cbr" } = creation;
        it(`${name}: is kept, with a warning, by the next resource of that name with other inputs`, () =>
            inClouds({ profile }, async (clouds) => {
                for (const quota of ["snapshotsPerServer", "imagesPerServer"])
                    clouds.simulator.sim.quotas.change(`alibaba.swas.${quota}`, 100);
                const inputs = await creation.base(clouds);
                const stack = new ProgramStack(clouds);
                const it = declared(creation, "it", inputs);
                const before = clouds.changes().length;
                const alone = new ProgramStack(clouds, "alone");
                await alone.up(declared(creation, "alone", inputs));
                // Ends with the confirmation of the object.
                const changes = clouds.changes().slice(before);
                const last = changes.findLastIndex((action) => !/tag/i.test(action));
                const later = [...it, ...declared(creation, "later", inputs)];
                assert.ok(await clouds.killedAfter(last + 2, () => stack.up(later)));
                assert.ok(stack.find("it"), "the first resource is in the state");
                const id = String(stack.find("it")?.id);
                stack.forget("it");
                await stack.up([...declared(creation, "it", other(inputs, creation)), ...later.slice(1)]);
                assert.ok(clouds.left().includes(`${kind} ${id}`), `${kind} ${id} is gone`);
                assert.match(clouds.warnings.join("\n"), new RegExp(`${id} was created for "it" with other inputs`));
            }));
    }
});
